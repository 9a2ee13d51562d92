//! The sentence for each error of the plugin.
const sdk = @import("sdk");

pub const PluginError = sdk.plugin.Failure;

pub const Error = @import("document.zig").Error || @import("reading.zig").Error || @import("survey.zig").Error;

pub fn of(err: Error) PluginError {
    const code: u32 = switch (err) {
        error.FileNotFound, error.AccessDenied, error.NotAFile, error.InputOutput, error.FileShrank => 2,
        error.BadQuery, error.BadPath, error.BadSurvey => 3,
        error.NoSuchRecord, error.NoSuchValue, error.NoChildren => 4,
        error.OutOfMemory => 5,
        error.TooLong, error.Full, error.TooMuchToDecode, error.TooFar, error.TooDeep, error.TooMuchToSurvey => 6,
    };
    const message = switch (err) {
        error.FileNotFound, error.AccessDenied, error.NotAFile, error.InputOutput => |io| sdk.wasi.describe(io),
        error.FileShrank => "the file has become shorter since it was opened",
        error.BadQuery => "the query is not an object as the contract describes it",
        error.BadPath => "the path is not a JSON array of names and positions",
        error.BadSurvey => "the survey does not continue where this instance has come to",
        error.TooMuchToSurvey => "this part takes more than one call may do; read on with advance",
        error.NoSuchRecord => "there is no record of that number",
        error.NoSuchValue => "the record has no value at that path",
        error.NoChildren => "the value at that path has no children",
        error.OutOfMemory => "the plugin is out of memory",
        error.TooLong => "the value is longer than a call may return; read it in pieces",
        error.TooFar => "this takes more than one call may do; ask for less, by positions rather than names",
        error.TooMuchToDecode => "decoding the string takes more than one call may do; read it as it stands in the file",
        error.TooDeep => "values are nested more than 500,000 levels deep there",
        error.Full => "the answer would be longer than the 8 MiB a call may return",
    };
    return .{ .code = code, .message = message };
}
