//! The grammar of numbers as bit masks: for all the words of a block at once.
const std = @import("std");
const blocks = @import("sdk").blocks;
const masks = @import("masks.zig");
const Word = @import("words.zig").Word;

/// How far the word at the end of a block has come; every field is 0 or 1.
pub const Carry = struct {
    /// The last byte belongs to a word.
    word: u64 = 0,
    minus: u64 = 0,
    zero: u64 = 0,
    integer: u64 = 0,
    point: u64 = 0,
    fraction: u64 = 0,
    exponent: u64 = 0,
    sign: u64 = 0,
    power: u64 = 0,
    /// The last byte belongs to a literal.
    literal: u64 = 0,

    pub inline fn copy(carry: Carry) Carry {
        var made: Carry = .{};
        inline for (@typeInfo(Carry).@"struct".field_names) |name| @field(made, name) = @field(carry, name);
        return made;
    }

    /// Marks what is wrong with the words of a block, and goes on to its end. `literal` are bytes that have been
    /// compared.
    pub inline fn check(
        carry: *Carry,
        words: u64,
        starts: u64,
        literal: u64,
        found: masks.Found,
        bytes: *const [blocks.size]u8,
    ) u64 {
        const other = words & ~(found.digit | found.minus | found.point | literal);
        if (other | carry.exponent | carry.sign | carry.power != 0) {
            @branchHint(.unlikely);
            const checked = withExponents(carry.copy(), words, starts, literal, bytes);
            carry.* = checked.carry.copy();
            return checked.wrong;
        }
        const digit = found.digit & words;
        const minus = found.minus & words;
        const point = found.point & words;
        var wrong = (literal << 1 | carry.literal) & words & ~literal;
        const behind_minus = minus << 1 | carry.minus;
        const integers = digit & (starts | behind_minus);
        wrong |= (minus & ~starts) | (behind_minus & ~digit);
        const zeros = found.zero & integers;
        wrong |= (zeros << 1 | carry.zero) & digit;
        const integer_end = through(integers << 1 | carry.integer, digit);
        wrong |= (integer_end.mask & words) ^ point;
        const behind_point = point << 1 | carry.point;
        wrong |= behind_point & ~digit;
        const fraction_end = through(behind_point | carry.fraction, digit);
        wrong |= fraction_end.mask & words;
        carry.minus = minus >> 63;
        carry.zero = zeros >> 63;
        carry.integer = integer_end.carry | integers >> 63;
        carry.point = point >> 63;
        carry.fraction = fraction_end.carry;
        carry.literal = literal >> 63;
        return wrong;
    }

    const Checked = struct { carry: Carry, wrong: u64 };

    noinline fn withExponents(
        carry: Carry,
        words: u64,
        starts: u64,
        literal: u64,
        bytes: *const [blocks.size]u8,
    ) Checked {
        const block = blocks.load(bytes);
        const found: masks.Found = .of(block);
        const plus = blocks.equal(block, @splat('+')) & words;
        const exponent = masks.exponent(block) & words & ~literal;
        const digit = found.digit & words;
        const minus = found.minus & words;
        const point = found.point & words;
        var wrong = words & ~(digit | minus | plus | point | exponent | literal);
        wrong |= (literal << 1 | carry.literal) & words & ~literal;

        const leading = minus & starts;
        const behind_minus = leading << 1 | carry.minus;
        const integers = digit & (starts | behind_minus);
        wrong |= behind_minus & ~digit;
        const zeros = found.zero & integers;
        wrong |= (zeros << 1 | carry.zero) & digit;
        const integer_end = through(integers << 1 | carry.integer, digit);
        wrong |= integer_end.mask & words & ~(point | exponent);
        wrong |= point & ~integer_end.mask;

        const behind_point = point << 1 | carry.point;
        wrong |= behind_point & ~digit;
        const fraction_end = through(behind_point | carry.fraction, digit);
        wrong |= fraction_end.mask & words & ~exponent;
        wrong |= exponent & ~(integer_end.mask | fraction_end.mask);

        const behind_exponent = exponent << 1 | carry.exponent;
        const sign = (minus | plus) & behind_exponent;
        wrong |= (minus | plus) & ~(leading | sign);
        wrong |= behind_exponent & ~(digit | sign);
        const behind_sign = sign << 1 | carry.sign;
        wrong |= behind_sign & ~digit;
        const power_end = through(((behind_exponent | behind_sign) & digit) | carry.power, digit);
        wrong |= power_end.mask & words;

        return .{ .wrong = wrong, .carry = .{
            .minus = leading >> 63,
            .zero = zeros >> 63,
            .integer = integer_end.carry | integers >> 63,
            .point = point >> 63,
            .fraction = fraction_end.carry,
            .exponent = exponent >> 63,
            .sign = sign >> 63,
            .power = power_end.carry,
            .literal = literal >> 63,
        } };
    }

    /// The carry of a word; null where it has gone wrong.
    pub fn of(word: Word) ?Carry {
        var carry: Carry = .{ .word = 1 };
        switch (word) {
            .bad => return null,
            .minus => carry.minus = 1,
            .zero => {
                carry.zero = 1;
                carry.integer = 1;
            },
            .integer => carry.integer = 1,
            .point => carry.point = 1,
            .fraction => carry.fraction = 1,
            .exponent => carry.exponent = 1,
            .sign => carry.sign = 1,
            .power => carry.power = 1,
            else => carry.literal = 1,
        }
        return carry;
    }

    pub fn isNumber(carry: *const Carry) bool {
        return carry.literal == 0;
    }

    /// The word that `of` was given; of a literal, `left` has a bit for each byte to come, and `first` is its first byte.
    pub fn toWord(carry: *const Carry, left: u64, first: u8) Word {
        if (carry.literal == 0) return carry.numberWord();
        return switch (@popCount(left)) {
            0 => .null,
            1 => if (first == 't') .tru else if (first == 'n') .nul else .fals,
            2 => if (first == 't') .tr else if (first == 'n') .nu else .fal,
            3 => if (first == 't') .t else if (first == 'n') .n else .fa,
            else => .f,
        };
    }

    fn numberWord(carry: *const Carry) Word {
        if (carry.minus != 0) return .minus;
        if (carry.zero != 0) return .zero;
        if (carry.integer != 0) return .integer;
        if (carry.point != 0) return .point;
        if (carry.fraction != 0) return .fraction;
        if (carry.exponent != 0) return .exponent;
        if (carry.sign != 0) return .sign;
        return .power;
    }
};

/// Where runs of digits end that `from` marks a byte of, and whether one goes on in the next block.
inline fn through(from: u64, digit: u64) struct { mask: u64, carry: u64 } {
    const sum = @addWithOverflow(from, digit);
    return .{ .mask = sum[0] & ~digit, .carry = sum[1] };
}
