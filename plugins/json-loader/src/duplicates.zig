//! Names that occur more than once in an object.
const std = @import("std");
const sdk = @import("sdk");
const work = sdk.work;
const paths = @import("paths.zig");
const strings = @import("strings.zig");
const values = @import("values.zig");

/// How many members, and bytes of the file, are looked at before the first that is asked about. Beyond them only those
/// are compared that are asked about together.
const most_members = 50_000;
const most_bytes = 4 * 1024 * 1024;

pub const Error = values.Error || error{OutOfMemory};

/// The names of an object that have been met.
pub const Names = struct {
    met: std.AutoHashMapUnmanaged(u64, void) = .empty,

    /// Meets the members before number `n` of the object whose bracket stands at `begin`, if there are few enough.
    pub fn before(self: *Names, reader: *values.Reader, begin: u64, n: u64) Error!void {
        if (n > most_members) return;
        var frame = reader.childrenOf(begin, true);
        while (frame.next < n) {
            const head = try reader.head(&frame) orelse return;
            if (head.begin - begin > most_bytes or work.isOver()) return self.met.clearRetainingCapacity();
            _ = try self.isRepeated(reader, head.key);
            _ = try reader.finish(&frame, head);
        }
    }

    /// Whether the name has been met, which it has been from now on.
    pub fn isRepeated(self: *Names, reader: *values.Reader, key: ?values.Span) Error!bool {
        const quoted = key orelse return false;
        work.add(32);
        const print = try strings.fingerprint(&reader.window, paths.insideOf(quoted));
        return (try self.met.getOrPut(sdk.memory.arena(), print)).found_existing;
    }
};
