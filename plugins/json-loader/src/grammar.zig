//! What tokens mean, one at a time: what is demanded next, what is wrong, and how reading goes on behind it.
const sdk = @import("sdk");
const form = @import("form.zig");
const State = @import("state.zig").State;
const Problem = @import("problems.zig").Kind;

/// A value begins that is no container: whether it is read as one.
pub fn beginScalar(self: *State, at: u64) void {
    switch (self.expect) {
        .value, .value_or_end => {
            if (self.nest.depth == 0) beginTop(self, at);
            self.expect = .after;
        },
        .after => misplaced(self, at),
        .colon => wrong(self, .missing_colon, at, 0),
        .key, .key_or_end => wrong(self, .missing_name, at, 0),
        .skip => {},
    }
}

/// A value of the outermost level begins.
fn beginTop(self: *State, at: u64) void {
    if (self.form != .concatenated) return;
    self.nest.commas +%= 1;
    self.nest.last = at;
}

/// A value begins right behind another.
fn misplaced(self: *State, at: u64) void {
    if (self.nest.depth > 0) return wrong(self, .missing_comma, at, 0);
    if (self.form == .concatenated) return beginTop(self, at);
    passOver(self, at);
}

/// Reads nothing of what follows the only value of the line or file.
fn passOver(self: *State, at: u64) void {
    self.report(.trailing_text, at, 0);
    self.lex = .passed;
}

/// The child does not parse.
fn wrong(self: *State, kind: Problem, at: u64, byte: u8) void {
    if (self.expect == .skip) return;
    self.report(kind, at, byte);
    self.expect = .skip;
}

/// The end of a line is the end of a record, whatever state it is in; `say` it if that is not the end of a value.
pub fn endLine(self: *State, at: u64, say: bool) void {
    const nest = &self.nest;
    const broken = nest.depth > 0 or self.lex == .block_comment or self.lex == .star;
    if (broken and say) self.report(.broken_line, at, 0);
    const blank = nest.depth == 0 and self.expect == .value and self.lex != .passed;
    sdk.work.add(8 * @as(u64, nest.depth));
    while (nest.depth > 0) self.close(at);
    self.beyond = 0;
    self.lex = .between;
    self.expect = .value;
    if (!blank) nest.commas += 1;
    nest.last = at + 1;
}

pub fn openBracket(self: *State, kind: form.Kind, at: u64) void {
    switch (self.expect) {
        .value, .value_or_end => if (self.nest.depth == 0) beginTop(self, at),
        .after => {
            misplaced(self, at);
            if (self.lex == .passed) return;
        },
        .colon => wrong(self, .missing_colon, at, 0),
        .key, .key_or_end => {
            if (kind == .object and closeToArray(self, at)) return self.open(.object, at);
            wrong(self, .missing_name, at, 0);
        },
        .skip => {},
    }
    self.open(kind, at);
}

/// A `{` stands where a name has to: closes what has been left open around it, if an array is around that.
fn closeToArray(self: *State, at: u64) bool {
    const nest = &self.nest;
    const bottom = self.guard();
    const inner = nest.find(.array, bottom) orelse bottom;
    if (inner == 0) return false;
    self.report(.missing_bracket, at, '}');
    while (nest.depth > inner) self.close(at);
    nest.commas += 1;
    nest.last = at;
    return true;
}

pub fn closeBracket(self: *State, kind: form.Kind, at: u64) void {
    const nest = &self.nest;
    if (self.beyond > 0) {
        self.beyond -= 1;
        return;
    }
    const bracket: u8 = if (kind == .object) '}' else ']';
    if (nest.depth == 0) return strayBracket(self, bracket, at);
    if (nest.kind() == kind) {
        checkEnd(self, bracket, at);
        return self.close(at + 1);
    }
    const outer = nest.find(kind, self.guard()) orelse return wrong(self, .mismatched_bracket, at, bracket);
    self.report(.missing_bracket, at, if (kind == .object) ']' else '}');
    while (nest.depth > outer) self.close(at);
    self.close(at + 1);
}

/// Whether what is in a container may end where its bracket stands.
fn checkEnd(self: *State, bracket: u8, at: u64) void {
    switch (self.expect) {
        .value_or_end, .key_or_end, .after, .skip => {},
        .colon => self.report(.missing_colon, at, bracket),
        .key => if (self.dialect == .strict) self.report(.trailing_comma, at, bracket),
        .value => if (bracket == '}')
            self.report(.missing_value, at, bracket)
        else if (self.dialect == .strict)
            self.report(.trailing_comma, at, bracket),
    }
}

/// A closing bracket, colon or comma outside of everything.
fn strayBracket(self: *State, byte: u8, at: u64) void {
    if (self.expect == .after and self.form != .concatenated) return passOver(self, at);
    self.report(.unexpected, at, byte);
    if (self.form == .lines) self.lex = .passed;
}

pub fn comma(self: *State, at: u64) void {
    const nest = &self.nest;
    if (nest.depth == 0) return strayBracket(self, ',', at);
    if (self.beyond > 0) return;
    switch (self.expect) {
        .after, .skip => {},
        .colon => self.report(.missing_colon, at, ','),
        .value, .value_or_end, .key, .key_or_end => self.report(.missing_value, at, ','),
    }
    nest.commas += 1;
    nest.last = at + 1;
    self.expect = if (nest.kind() == .object) .key else .value;
}

pub fn colon(self: *State, at: u64) void {
    if (self.nest.depth == 0) return strayBracket(self, ':', at);
    if (self.expect == .colon) self.expect = .value else wrong(self, .unexpected, at, ':');
}
