//! How a file holds its records, and which dialect of JSON it is in.

/// What the records of a file are.
pub const Form = enum {
    /// The elements of one array: the root, or the one that `records` points to.
    array,
    /// One value a line.
    lines,
    /// Values one after another, whatever is between them.
    concatenated,
    /// The one value of the file is the one record.
    document,

    pub fn word(form: Form) []const u8 {
        return @tagName(form);
    }
};

/// Comments and trailing commas are problems in strict JSON, and nothing special in JSON with comments.
pub const Dialect = enum { strict, jsonc };

/// What holds other values.
pub const Kind = enum(u1) { object, array };
