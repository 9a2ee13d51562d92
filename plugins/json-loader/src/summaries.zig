//! Summaries of values, as the contract describes them.
const std = @import("std");
const sdk = @import("sdk");
const json = sdk.json;
const work = sdk.work;
const paths = @import("paths.zig");
const previews = @import("previews.zig");
const strings = @import("strings.zig");
const values = @import("values.zig");

pub const Error = values.Error || json.Error;

/// Writes a summary without its closing brace.
pub fn write(reader: *values.Reader, child: values.Child, duplicate: bool, out: *json.Text) Error!void {
    work.add(200);
    try out.raw("{\"index\":");
    try out.number(child.position);
    try out.raw(",\"key\":");
    try name(reader, child.key, out);
    try out.raw(",\"kind\":\"");
    try out.raw(@tagName(child.value.kind));
    try out.raw("\",\"preview\":");
    const preview = try previews.of(reader, child.value);
    try out.string(preview.text());
    try out.raw(",\"count\":");
    if (child.value.count) |count| try out.number(count) else try out.raw("null");
    try out.raw(",\"bytes\":");
    try out.number(child.value.at.len());
    try out.raw(",\"at\":");
    try span(child.value.at, out);
    try out.raw(",\"keyAt\":");
    if (child.key) |key| try span(key, out) else try out.raw("null");
    if (duplicate) try out.raw(",\"duplicate\":true");
}

fn span(of: values.Span, out: *json.Text) json.Error!void {
    try out.byte('[');
    try out.number(of.begin);
    try out.byte(',');
    try out.number(of.end);
    try out.byte(']');
}

/// A name, decoded, or null.
pub fn name(reader: *values.Reader, key: ?values.Span, out: *json.Text) Error!void {
    const quoted = key orelse return out.raw("null");
    var decoder: strings.Decoder = .init(&reader.window, paths.insideOf(quoted));
    try decoded(&decoder, out);
}

/// All that a decoder gives, as a string.
pub fn decoded(decoder: *strings.Decoder, out: *json.Text) Error!void {
    try out.byte('"');
    var room: [1024]u8 = undefined;
    while (true) {
        const part = try decoder.next(&room);
        if (part.len == 0) break;
        try out.escaped(part);
    }
    try out.byte('"');
}
