//! The plugin's exports. Every one answers with a value or a sentence; none panics, whatever the file holds.
const std = @import("std");
const sdk = @import("sdk");
const wit = sdk.wit;
const answers = @import("answers.zig");
const options = @import("options.zig");
const Document = @import("document.zig").Document;

/// A panic is a trap; keeps WASI's standard streams out of the module.
pub const panic = std.debug.no_panic;

const PluginError = sdk.plugin.Failure;
const NodeOutput = sdk.plugin.Page;
const Progress = struct { records: u64, bytes_done: u64, bytes_total: u64, done: bool };

const Outcome = sdk.plugin.Outcome;

var current: ?Document = null;

/// Files larger than this are opened in steps only: one call may not take that long.
const most_in_one_call = 400 << 20;

const about: sdk.plugin.Info = .{
    .id = "com.thoth.csv-loader",
    .name = "CSV Loader",
    .version = "0.1.0",
    .description = "Opens delimited text of any size: CSV, TSV and their relatives",
    .capabilities = &.{ .file_loader, .file_viewer },
    .author = "The Thoth authors",
};

/// What the page of settings says.
const settings_page =
    "{\"type\":\"text\",\"text\":\"Delimiter, encoding, header and quote are chosen for each file.\"}";

const file_loader = struct {
    pub fn supportedExtensions() []const []const u8 {
        return &.{ "csv", "tsv", "tab", "psv" };
    }

    pub fn open(path: []const u8) Outcome(u64) {
        const outcome = paged_loader.open(path, "{}");
        if (outcome == .err) return .{ .err = outcome.err };
        const document = &current.?;
        if (document.input.size > most_in_one_call) {
            forget();
            return .{ .err = .{ .code = 6, .message = "the file is larger than 400 MiB: use paged-loader" } };
        }
        while (!document.indexer.done) document.advance(most_in_one_call) catch |err| return .{ .err = failure(err) };
        return .{ .ok = document.records() };
    }

    pub fn get(record: u64) Outcome([]const u8) {
        const items = switch (getRange(record, 1)) {
            .ok => |items| items,
            .err => |err| return .{ .err = err },
        };
        return if (items.len == 1) .{ .ok = items[0] } else .{ .err = failure(error.NoSuchRecord) };
    }

    pub fn getRange(start: u64, count: u64) Outcome([]const []const u8) {
        const document = opened() orelse return .{ .err = not_open };
        return .{ .ok = answers.objects(document, start, count) catch |err| return .{ .err = failure(err) } };
    }

    pub fn rawBytes(record: u64) Outcome([]const u8) {
        const document = opened() orelse return .{ .err = not_open };
        return .{ .ok = answers.rawBytes(document, record) catch |err| return .{ .err = failure(err) } };
    }
};

const file_viewer = struct {
    const DisplayMode = enum { table, custom };

    pub fn preferredDisplay() DisplayMode {
        return .table;
    }

    /// Not asked for in table mode; shows the record as it is.
    pub fn renderRecord(record_json: []const u8) Outcome(NodeOutput) {
        const parts = .{ "{\"type\":\"json-tree\",\"value\":", record_json, "}" };
        const valid = std.json.validate(sdk.memory.arena(), record_json) catch false;
        if (!valid) return .{ .err = .{ .code = 3, .message = "the record is not valid JSON" } };
        const text = std.mem.concat(sdk.memory.arena(), u8, &parts) catch return .{ .err = failure(error.OutOfMemory) };
        return .{ .ok = .{ .node_json = text, .height_hint = 0 } };
    }

    pub fn columnHeaders() ?[]const []const u8 {
        const document = opened() orelse return null;
        const names = sdk.memory.arena().alloc([]const u8, document.columns.len) catch return null;
        for (names, document.columns) |*name, column| name.* = wellFormed(column.name) orelse return null;
        return names;
    }
};

const paged_loader = struct {
    pub fn open(path: []const u8, options_json: []const u8) Outcome(Progress) {
        const parsed = options.parse(sdk.memory.arena(), options_json) catch |err| return .{ .err = failure(err) };
        if (parsed == .refused) return .{ .err = bad(parsed.refused) };
        forget();
        current = Document.open(path, parsed.options) catch |err| return .{ .err = failure(err) };
        return advance(@import("document.zig").sample_size);
    }

    pub fn advance(max_bytes: u64) Outcome(Progress) {
        const document = opened() orelse return .{ .err = not_open };
        document.advance(max_bytes) catch |err| return .{ .err = failure(err) };
        return .{ .ok = .{
            .records = document.records(),
            .bytes_done = document.bytesDone(),
            .bytes_total = document.input.size,
            .done = document.indexer.done,
        } };
    }

    pub fn columns() Outcome([]const u8) {
        const document = opened() orelse return .{ .err = not_open };
        return .{ .ok = answers.columns(document) catch |err| return .{ .err = failure(err) } };
    }

    pub fn page(start: u64, count: u64) Outcome([]const u8) {
        const document = opened() orelse return .{ .err = not_open };
        return .{ .ok = answers.page(document, start, count) catch |err| return .{ .err = failure(err) } };
    }

    pub fn node(record: u64, path_json: []const u8, start: u64, count: u64) Outcome([]const u8) {
        const document = opened() orelse return .{ .err = not_open };
        const text = answers.node(document, record, path_json, start, count);
        return .{ .ok = text catch |err| return .{ .err = failure(err) } };
    }

    pub fn find(query_json: []const u8, from: u64, max_bytes: u64) Outcome([]const u8) {
        const document = opened() orelse return .{ .err = not_open };
        const text = answers.find(document, query_json, from, max_bytes);
        return .{ .ok = text catch |err| return .{ .err = failure(err) } };
    }

    pub fn problems(start: u64, count: u64) Outcome([]const u8) {
        const document = opened() orelse return .{ .err = not_open };
        return .{ .ok = answers.problemList(document, start, count) catch |err| return .{ .err = failure(err) } };
    }
};

fn opened() ?*Document {
    return if (current) |*document| document else null;
}

fn forget() void {
    if (current) |*document| document.close();
    current = null;
}

/// Text that may leave the plugin: U+FFFD in place of what is not UTF-8. Null when there is no memory for it.
fn wellFormed(text: []const u8) ?[]const u8 {
    const utf8 = @import("sdk").utf8;
    if (utf8.validity(text) == .valid) return text;
    const room = sdk.memory.arena().alloc(u8, text.len * 3) catch return null;
    return utf8.replaceInvalid(text, room);
}

const not_open: PluginError = .{ .code = 1, .message = "no file is open" };

/// An error about what was asked for.
fn bad(sentence: []const u8) PluginError {
    return .{ .code = 3, .message = wellFormed(sentence) orelse "a bad option" };
}

fn failure(err: answers.Error) PluginError {
    const code: u32 = switch (err) {
        error.FileNotFound, error.AccessDenied, error.NotAFile, error.InputOutput, error.FileShrank => 2,
        error.BadQuery, error.BadPath => 3,
        error.NoSuchRecord, error.NoSuchCell => 4,
        error.OutOfMemory => 5,
        error.RecordTooLong, error.TooMuch, error.Full => 6,
    };
    const message = switch (err) {
        error.FileNotFound, error.AccessDenied, error.NotAFile, error.InputOutput => |io| sdk.wasi.describe(io),
        error.FileShrank => "the file has become shorter since it was opened",
        error.BadQuery => "the query is not an object with text, fold and wholeCell as the contract describes",
        error.BadPath => "the path is neither [] nor [column]",
        error.NoSuchRecord => "there is no record of that number",
        error.NoSuchCell => "the record has no cell of that number",
        error.OutOfMemory => "the plugin is out of memory",
        error.RecordTooLong => "the record is longer than a call may return; read its cells one by one",
        error.TooMuch => "the records are longer than the 8 MiB a call may return; ask for fewer",
        error.Full => "the answer would be longer than the 8 MiB a call may return",
    };
    return .{ .code = code, .message = message };
}

comptime {
    const package = "thoth:plugin/";
    const version = "@0.1.0";
    sdk.plugin.exportClosing(about, settings_page, forget);
    wit.exportInterface(package ++ "file-loader" ++ version, file_loader);
    wit.exportInterface(package ++ "file-viewer" ++ version, file_viewer);
    wit.exportInterface(package ++ "paged-loader" ++ version, paged_loader);
}
