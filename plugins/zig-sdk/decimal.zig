//! Whole numbers as decimal text; `std.fmt` would bring more code than that into every plugin.

pub const Digits = [20]u8;

/// The digits of `value`, at the end of `digits`.
pub fn written(value: u64, digits: *Digits) []const u8 {
    var at: usize = digits.len;
    var rest = value;
    while (true) {
        at -= 1;
        digits[at] = '0' + @as(u8, @intCast(rest % 10));
        rest /= 10;
        if (rest == 0) return digits[at..];
    }
}
