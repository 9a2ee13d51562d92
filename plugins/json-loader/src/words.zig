//! Numbers and literals, byte by byte.
const std = @import("std");

/// How far a word has come.
pub const Word = enum(u8) {
    bad,
    minus,
    zero,
    integer,
    point,
    fraction,
    exponent,
    sign,
    power,
    t,
    tr,
    tru,
    true,
    f,
    fa,
    fal,
    fals,
    false,
    n,
    nu,
    nul,
    null,

    /// Of the first byte.
    pub fn first(byte: u8) Word {
        return switch (byte) {
            '-' => .minus,
            '0' => .zero,
            '1'...'9' => .integer,
            't' => .t,
            'f' => .f,
            'n' => .n,
            else => .bad,
        };
    }

    pub fn next(word: Word, byte: u8) Word {
        return switch (word) {
            .minus => switch (byte) {
                '0' => .zero,
                '1'...'9' => .integer,
                else => .bad,
            },
            .zero => afterInteger(byte),
            .integer => if (isDigit(byte)) .integer else afterInteger(byte),
            .point => if (isDigit(byte)) .fraction else .bad,
            .fraction => if (isDigit(byte)) .fraction else if (byte | 0x20 == 'e') .exponent else .bad,
            .exponent => if (isDigit(byte)) .power else if (byte == '+' or byte == '-') .sign else .bad,
            .sign, .power => if (isDigit(byte)) .power else .bad,
            .t => if (byte == 'r') .tr else .bad,
            .tr => if (byte == 'u') .tru else .bad,
            .tru => if (byte == 'e') .true else .bad,
            .f => if (byte == 'a') .fa else .bad,
            .fa => if (byte == 'l') .fal else .bad,
            .fal => if (byte == 's') .fals else .bad,
            .fals => if (byte == 'e') .false else .bad,
            .n => if (byte == 'u') .nu else .bad,
            .nu => if (byte == 'l') .nul else .bad,
            .nul => if (byte == 'l') .null else .bad,
            .bad, .true, .false, .null => .bad,
        };
    }

    pub fn isWhole(word: Word) bool {
        return switch (word) {
            .zero, .integer, .fraction, .power, .true, .false, .null => true,
            else => false,
        };
    }

    /// Bytes missing of a literal; 0 of anything else.
    pub fn missing(word: Word) u6 {
        return switch (word) {
            .t, .n, .fa => 3,
            .tr, .nu, .fal => 2,
            .tru, .nul, .fals => 1,
            .f => 4,
            else => 0,
        };
    }

    fn afterInteger(byte: u8) Word {
        return if (byte == '.') .point else if (byte | 0x20 == 'e') .exponent else .bad;
    }
};

fn isDigit(byte: u8) bool {
    return byte >= '0' and byte <= '9';
}
