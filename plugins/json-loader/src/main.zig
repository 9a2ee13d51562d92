//! The plugin's exports. Every one answers with a value or a sentence; none panics, whatever the file holds.
const std = @import("std");
const sdk = @import("sdk");
const wit = sdk.wit;
const reading = @import("reading.zig");
const options = @import("options.zig");
const problem_list = @import("problems.zig");
const documents = @import("document.zig");
const failures = @import("failures.zig");
const strict = @import("strict.zig");
const Document = documents.Document;

/// A panic is a trap; keeps WASI's standard streams out of the module.
pub const panic = std.debug.no_panic;

const PluginError = sdk.plugin.Failure;
const NodeOutput = sdk.plugin.Page;
const Progress = struct { records: u64, bytes_done: u64, bytes_total: u64, done: bool };
const Text = Outcome([]const u8);

const Outcome = sdk.plugin.Outcome;

var current: ?*Document = null;

/// Files larger than this are opened in steps only: one call may not take that long.
const most_in_one_call = 400 << 20;

const about: sdk.plugin.Info = .{
    .id = "com.thoth.json-loader",
    .name = "JSON Loader",
    .version = "0.1.0",
    .description = "Opens JSON of any size: single documents, arrays of records, newline-delimited records, GeoJSON",
    .capabilities = &.{ .file_loader, .file_viewer },
    .author = "The Thoth authors",
};

/// What the page of settings says.
const settings_page =
    "{\"type\":\"text\",\"text\":\"Format, records and comments are chosen for each file.\"}";

const file_loader = struct {
    pub fn supportedExtensions() []const []const u8 {
        return &.{
            "json", "jsonc", "json5", "webmanifest", "geojson", "topojson", "ndjson", "jsonl", "ldjson", "geojsonl",
        };
    }

    pub fn open(path: []const u8) Outcome(u64) {
        const outcome = paged_loader.open(path, "{}");
        if (outcome == .err) return .{ .err = outcome.err };
        const document = current.?;
        if (document.input.size > most_in_one_call) {
            forget();
            return .{ .err = .{ .code = 6, .message = "the file is larger than 400 MiB: use paged-loader" } };
        }
        while (!document.done()) document.advance(most_in_one_call) catch |err| return .{ .err = failures.of(err) };
        return .{ .ok = document.index.records() };
    }

    pub fn get(record: u64) Text {
        const items = switch (getRange(record, 1)) {
            .ok => |items| items,
            .err => |err| return .{ .err = err },
        };
        return if (items.len == 1) .{ .ok = items[0] } else .{ .err = failures.of(error.NoSuchRecord) };
    }

    pub fn getRange(start: u64, count: u64) Outcome([]const []const u8) {
        const document = opened() orelse return .{ .err = not_open };
        return .{ .ok = reading.objects(document, start, count) catch |err| return .{ .err = failures.of(err) } };
    }

    pub fn rawBytes(record: u64) Text {
        return answered(reading.rawBytes, .{record});
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
        const valid = strict.isJson(record_json) catch return .{ .err = failures.of(error.OutOfMemory) };
        if (!valid) return .{ .err = .{ .code = 3, .message = "the record is not valid JSON" } };
        const text = std.mem.concat(sdk.memory.arena(), u8, &parts) catch
            return .{ .err = failures.of(error.OutOfMemory) };
        return .{ .ok = .{ .node_json = text, .height_hint = 0 } };
    }

    pub fn columnHeaders() ?[]const []const u8 {
        const document = opened() orelse return null;
        return reading.columnNames(document) catch null;
    }
};

const paged_loader = struct {
    pub fn open(path: []const u8, options_json: []const u8) Outcome(Progress) {
        const parsed = options.parse(sdk.memory.arena(), options_json) catch |err| return .{ .err = failures.of(err) };
        if (parsed == .refused) return .{ .err = bad(parsed.refused) };
        forget();
        const opening = Document.open(path, parsed.options) catch |err| return .{ .err = failures.of(err) };
        switch (opening) {
            .document => |document| current = document,
            .refused => |sentence| return .{ .err = bad(sentence) },
        }
        return advance(documents.sample_size);
    }

    pub fn advance(max_bytes: u64) Outcome(Progress) {
        const document = opened() orelse return .{ .err = not_open };
        document.advance(max_bytes) catch |err| return .{ .err = failures.of(err) };
        return .{ .ok = progressOf(document) };
    }

    pub fn columns() Text {
        return answered(reading.columns, .{});
    }

    pub fn page(start: u64, count: u64) Text {
        return answered(reading.page, .{ start, count });
    }

    pub fn node(record: u64, path_json: []const u8, start: u64, count: u64) Text {
        return answered(reading.node, .{ record, path_json, start, count });
    }

    pub fn find(query_json: []const u8, from: u64, max_bytes: u64) Text {
        return answered(reading.find, .{ query_json, from, max_bytes });
    }

    pub fn problems(start: u64, count: u64) Text {
        return answered(problem_list.answer, .{ start, count });
    }
};

const tree_loader = struct {
    pub fn roots(start: u64, count: u64) Text {
        return answered(reading.roots, .{ start, count });
    }

    pub fn children(record: u64, path_json: []const u8, start: u64, count: u64) Text {
        return answered(reading.children, .{ record, path_json, start, count });
    }

    pub fn value(record: u64, path_json: []const u8) Text {
        return answered(reading.value, .{ record, path_json });
    }

    pub fn text(record: u64, path_json: []const u8, decoded: bool, start: u64, count: u64) Text {
        return answered(reading.text, .{ record, path_json, decoded, start, count });
    }

    pub fn locate(offset: u64) Text {
        return answered(reading.locate, .{offset});
    }

    pub fn search(query_json: []const u8, from: u64, max_bytes: u64) Text {
        return answered(reading.search, .{ query_json, from, max_bytes });
    }
};

const segmented_loader = struct {
    pub fn segmented() bool {
        const document = opened() orelse return false;
        return document.form == .lines;
    }

    pub fn survey(begin: u64, end: u64) Text {
        return answered(Document.survey, .{ begin, end });
    }

    pub fn accept(survey_text: []const u8) Outcome(Progress) {
        const document = opened() orelse return .{ .err = not_open };
        sdk.work.begin();
        document.accept(survey_text) catch |err| return .{ .err = failures.of(err) };
        return .{ .ok = progressOf(document) };
    }
};

fn opened() ?*Document {
    return current;
}

fn forget() void {
    if (current) |document| document.close();
    current = null;
}

/// Calls a function with the open document before its arguments; its error becomes a sentence.
fn answered(comptime function: anytype, arguments: anytype) Text {
    const document = opened() orelse return .{ .err = not_open };
    sdk.work.begin();
    return .{ .ok = @call(.auto, function, .{document} ++ arguments) catch |err| return .{ .err = failures.of(err) } };
}

fn progressOf(document: *const Document) Progress {
    return .{
        .records = document.index.records(),
        .bytes_done = document.bytesDone(),
        .bytes_total = document.input.size,
        .done = document.done(),
    };
}

const not_open: PluginError = .{ .code = 1, .message = "no file is open" };

/// An error about what was asked for.
fn bad(sentence: []const u8) PluginError {
    return .{ .code = 3, .message = wellFormed(sentence) orelse "a bad option" };
}

/// Text that may leave the plugin: U+FFFD in place of what is not UTF-8. Null when there is no memory for it.
fn wellFormed(text: []const u8) ?[]const u8 {
    if (sdk.utf8.validity(text) == .valid) return text;
    const room = sdk.memory.arena().alloc(u8, text.len * 3) catch return null;
    return sdk.utf8.replaceInvalid(text, room);
}

comptime {
    const package = "thoth:plugin/";
    const version = "@0.1.0";
    sdk.plugin.exportClosing(about, settings_page, forget);
    wit.exportInterface(package ++ "file-loader" ++ version, file_loader);
    wit.exportInterface(package ++ "file-viewer" ++ version, file_viewer);
    wit.exportInterface(package ++ "paged-loader" ++ version, paged_loader);
    wit.exportInterface(package ++ "tree-loader" ++ version, tree_loader);
    wit.exportInterface(package ++ "segmented-loader" ++ version, segmented_loader);
}
