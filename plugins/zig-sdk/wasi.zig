//! Just enough of `wasi:filesystem@0.2` to read files of the folders the host opened for the plugin, called directly:
//! without libc and without the preview1 adapter.
const std = @import("std");
const memory = @import("memory.zig");
const wit = @import("wit.zig");

const types = "wasi:filesystem/types@0.2.0";
const streams = "wasi:io/streams@0.2.0";
const preopens = "wasi:filesystem/preopens@0.2.0";

/// What can go wrong, in the words of the standard.
pub const ErrorCode = enum {
    access,
    would_block,
    already,
    bad_descriptor,
    busy,
    deadlock,
    quota,
    exist,
    file_too_large,
    illegal_byte_sequence,
    in_progress,
    interrupted,
    invalid,
    io,
    is_directory,
    loop,
    too_many_links,
    message_size,
    name_too_long,
    no_device,
    no_entry,
    no_lock,
    insufficient_memory,
    insufficient_space,
    not_directory,
    not_empty,
    not_recoverable,
    unsupported,
    no_tty,
    no_such_device,
    overflow,
    not_permitted,
    pipe,
    read_only,
    invalid_seek,
    text_file_busy,
    cross_device,
};

pub const Error = error{ FileNotFound, AccessDenied, NotAFile, InputOutput };

/// The sentence for people that goes with an error.
pub fn describe(err: Error) []const u8 {
    return switch (err) {
        error.FileNotFound => "the file does not exist or is not visible to this plugin",
        error.AccessDenied => "reading the file is not permitted",
        error.NotAFile => "this is not a regular file",
        error.InputOutput => "the file could not be read (input/output error)",
    };
}

const FileType = enum { unknown, block_device, character_device, directory, fifo, symbolic_link, regular_file, socket };
const Moment = struct { seconds: u64, nanoseconds: u32 };
const Stat = struct { type: FileType, links: u64, size: u64, accessed: ?Moment, modified: ?Moment, changed: ?Moment };
const PathFlags = packed struct(u8) { symlink_follow: bool = true, _: u7 = 0 };
const OpenFlags = packed struct(u8) { _: u8 = 0 };
const DescriptorFlags = packed struct(u8) { read: bool = true, _: u7 = 0 };
const Bytes = struct { []const u8, bool };

fn Outcome(comptime T: type) type {
    return wit.Result(T, ErrorCode);
}

fn errorOf(code: ErrorCode) Error {
    return switch (code) {
        .no_entry, .not_directory => error.FileNotFound,
        .access, .not_permitted, .loop => error.AccessDenied,
        .is_directory => error.NotAFile,
        else => error.InputOutput,
    };
}

/// An open file, or a folder the host opened.
pub const Descriptor = struct {
    handle: u32,

    /// Fills `buffer` from byte `offset` of the file on; returns how much of it was filled, less only at the end of the
    /// file. The host gives at most 64 KiB at a time and writes them straight into `buffer`.
    pub fn readAt(file: Descriptor, buffer: []u8, offset: u64) Error!usize {
        var filled: usize = 0;
        while (filled < buffer.len) {
            const room = buffer[filled..];
            memory.landIn(room);
            const bytes, const end = try file.read(room.len, offset + filled);
            if (bytes.len > room.len) return error.InputOutput;
            if (bytes.ptr != room.ptr) @memcpy(room[0..bytes.len], bytes);
            filled += bytes.len;
            if (end or bytes.len == 0) break;
        }
        return filled;
    }

    /// At most `len` bytes from `offset` on, where the host chooses to put them; and whether the file ends there.
    pub fn read(file: Descriptor, len: u64, offset: u64) Error!Bytes {
        return switch (wit.call(types, "[method]descriptor.read", Outcome(Bytes), .{ file.handle, len, offset })) {
            .ok => |bytes| bytes,
            .err => |code| errorOf(code),
        };
    }

    /// Size in bytes; an error if this is not a regular file.
    pub fn size(file: Descriptor) Error!u64 {
        return switch (wit.call(types, "[method]descriptor.stat", Outcome(Stat), .{file.handle})) {
            .ok => |stat| if (stat.type == .regular_file) stat.size else error.NotAFile,
            .err => |code| errorOf(code),
        };
    }

    /// The bytes from `offset` on, one after the other.
    pub fn stream(file: Descriptor, offset: u64) Error!Stream {
        return switch (wit.call(types, "[method]descriptor.read-via-stream", Outcome(u32), .{ file.handle, offset })) {
            .ok => |handle| .{ .handle = handle },
            .err => |code| errorOf(code),
        };
    }

    pub fn close(file: Descriptor) void {
        wit.call(types, "[resource-drop]descriptor", void, .{file.handle});
    }
};

/// Reads a file in one go; the host can read ahead while the guest is busy with what it has.
pub const Stream = struct {
    handle: u32,

    const Failure = union(enum) { failed: u32, closed };
    const Piece = wit.Result([]const u8, Failure);

    /// Makes the host read the next `len` bytes, at most 64 KiB, while the guest goes on. `fill` must have taken all
    /// that was read ahead before.
    pub fn readAhead(stream: Stream, len: u64) void {
        switch (wit.call(streams, "[method]input-stream.read", Piece, .{ stream.handle, len })) {
            .ok => {},
            .err => |failure| forget(failure),
        }
    }

    /// Fills `buffer` with the bytes that come next; returns how much of it, less only at the end of the file.
    pub fn fill(stream: Stream, buffer: []u8) Error!usize {
        var filled: usize = 0;
        while (filled < buffer.len) {
            const room = buffer[filled..];
            memory.landIn(room);
            const args = .{ stream.handle, @as(u64, room.len) };
            const bytes = switch (wit.call(streams, "[method]input-stream.blocking-read", Piece, args)) {
                .ok => |bytes| bytes,
                .err => |failure| {
                    forget(failure);
                    if (failure == .closed) break;
                    return error.InputOutput;
                },
            };
            if (bytes.len > room.len) return error.InputOutput;
            if (bytes.ptr != room.ptr) @memcpy(room[0..bytes.len], bytes);
            filled += bytes.len;
        }
        return filled;
    }

    pub fn close(stream: Stream) void {
        wit.call(streams, "[resource-drop]input-stream", void, .{stream.handle});
    }

    fn forget(failure: Failure) void {
        if (failure == .failed) wit.call("wasi:io/error@0.2.0", "[resource-drop]error", void, .{failure.failed});
    }
};

/// Opens the file at `path`, a path below one of the folders the host opened, for reading.
pub fn openRead(path: []const u8) Error!Descriptor {
    const Folder = struct { u32, []const u8 };
    const folders = wit.call(preopens, "get-directories", []const Folder, .{});
    defer for (folders) |folder| (Descriptor{ .handle = folder[0] }).close();
    var failure: Error = error.FileNotFound;
    for (folders) |folder| {
        const below = relative(path, folder[1]) orelse continue;
        const args = .{ folder[0], PathFlags{}, below, OpenFlags{}, DescriptorFlags{} };
        switch (wit.call(types, "[method]descriptor.open-at", Outcome(u32), args)) {
            .ok => |handle| return .{ .handle = handle },
            .err => |code| failure = errorOf(code),
        }
    }
    return failure;
}

/// `path` as seen from `folder`, or null if it does not lie below it.
fn relative(path: []const u8, folder: []const u8) ?[]const u8 {
    const absolute = path.len > 0 and path[0] == '/';
    if (folder.len == 0 or std.mem.eql(u8, folder, ".")) return if (absolute or path.len == 0) null else path;
    const base = std.mem.trimEnd(u8, folder, "/");
    if (path.len <= base.len + 1 or !std.mem.startsWith(u8, path, base) or path[base.len] != '/') return null;
    return path[base.len + 1 ..];
}
