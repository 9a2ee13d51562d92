//! The bytes of the file. Positions are bytes of the file as the plugin reads it: a byte order mark counts.
const wasi = @import("sdk").wasi;

/// As much as the host gives at once.
pub const read_size = 64 * 1024;

pub const Error = wasi.Error || error{FileShrank};

/// The file that is open.
pub const Input = struct {
    file: wasi.Descriptor,
    /// Size when it was opened; what is appended later is not looked at.
    size: u64,
    /// Where the text begins, behind a byte order mark.
    begin: u64 = 0,

    /// Fills `buffer` from byte `offset` of the file on. That it can be filled is known from the size.
    pub fn fill(input: *const Input, buffer: []u8, offset: u64) Error!void {
        if (try input.file.readAt(buffer, offset) != buffer.len) return error.FileShrank;
    }

    /// The bytes from `offset` on, as many as `buffer` holds, up to `limit` at most: a part of `buffer`. Empty at `limit`.
    pub fn window(input: *const Input, buffer: []u8, offset: u64, limit: u64) Error![]const u8 {
        const stop = @min(limit, input.size);
        if (offset >= stop) return buffer[0..0];
        const part = buffer[0..@intCast(@min(stop - offset, buffer.len))];
        try input.fill(part, offset);
        return part;
    }
};
