//! What a plugin can ask of the host: HTTP, WebSockets, TCP, secrets, files that people choose, a text of its own,
//! tables for others, queries that run behind its panel.
//!
//! A function that is called here becomes an import of the component, so the plugin's world has to import its interface;
//! one that is not called becomes none. What is returned lives as long as the running call.
const wit = @import("wit.zig");
const plugin = @import("plugin.zig");

const Outcome = plugin.Outcome;
const package = "thoth:plugin/";
const version = "@0.1.0";

/// Name and value.
pub const Header = struct { []const u8, []const u8 };

pub const http = struct {
    const client = package ++ "http-client" ++ version;
    const control = package ++ "http-control" ++ version;

    pub const Request = struct {
        url: []const u8,
        method: []const u8 = "GET",
        headers: []const Header = &.{},
        body: ?[]const u8 = null,
    };

    pub const Response = struct { status: u16, headers: []const Header, body: []const u8 };

    /// Waits for the whole response.
    pub fn fetch(request: Request) Outcome(Response) {
        return wit.call(client, "fetch", Outcome(Response), .{request});
    }

    /// The id under which the event `http-response` will come.
    pub fn submit(request: Request) []const u8 {
        return wit.call(client, "submit", []const u8, .{request});
    }

    /// The same with options as a JSON object.
    pub fn submitWith(request: Request, options: []const u8) Outcome([]const u8) {
        return wit.call(control, "submit", Outcome([]const u8), .{ request, options });
    }

    pub fn cancel(id: []const u8) void {
        wit.call(control, "cancel", void, .{id});
    }

    /// At most `count` bytes of a body that was too large to come as a whole.
    pub fn readBody(handle: []const u8, offset: u64, count: u32) Outcome([]const u8) {
        return wit.call(control, "read-body", Outcome([]const u8), .{ handle, offset, count });
    }

    pub fn showBody(handle: []const u8, name: []const u8) Outcome(void) {
        return wit.call(control, "show-body", Outcome(void), .{ handle, name });
    }

    /// Where the person saved it; null where they did not.
    pub fn saveBody(handle: []const u8, title: []const u8, default_name: []const u8) Outcome(?[]const u8) {
        return wit.call(control, "save-body", Outcome(?[]const u8), .{ handle, title, default_name });
    }

    pub fn releaseBody(handle: []const u8) void {
        wit.call(control, "release-body", void, .{handle});
    }
};

pub const websocket = struct {
    const plain = package ++ "websocket" ++ version;
    const control = package ++ "websocket-control" ++ version;

    /// The id under which `ws-open` and what follows it will come.
    pub fn connect(url: []const u8, headers: []const Header) Outcome([]const u8) {
        return wit.call(plain, "connect", Outcome([]const u8), .{ url, headers });
    }

    /// The same with options as a JSON object.
    pub fn connectWith(url: []const u8, headers: []const Header, options: []const u8) Outcome([]const u8) {
        return wit.call(control, "connect", Outcome([]const u8), .{ url, headers, options });
    }

    pub fn sendText(id: []const u8, text: []const u8) Outcome(void) {
        return wit.call(plain, "send-text", Outcome(void), .{ id, text });
    }

    pub fn sendBinary(id: []const u8, bytes: []const u8) Outcome(void) {
        return wit.call(plain, "send-binary", Outcome(void), .{ id, bytes });
    }

    pub fn close(id: []const u8) void {
        wit.call(plain, "close", void, .{id});
    }

    pub fn closeWith(id: []const u8, code: u16, reason: []const u8) Outcome(void) {
        return wit.call(control, "close", Outcome(void), .{ id, code, reason });
    }
};

pub const tcp = struct {
    const client = package ++ "tcp-client" ++ version;

    /// The id of the stream.
    pub fn connect(host: []const u8, port: u16, tls: bool) Outcome(u64) {
        return wit.call(client, "connect", Outcome(u64), .{ host, port, tls });
    }

    /// At least one byte and at most `max`; none once the other side has closed.
    pub fn read(id: u64, max: u32) Outcome([]const u8) {
        return wit.call(client, "read", Outcome([]const u8), .{ id, max });
    }

    pub fn write(id: u64, bytes: []const u8) Outcome(u32) {
        return wit.call(client, "write", Outcome(u32), .{ id, bytes });
    }

    pub fn startTls(id: u64, host: []const u8) Outcome(void) {
        return wit.call(client, "start-tls", Outcome(void), .{ id, host });
    }

    pub fn close(id: u64) void {
        wit.call(client, "close", void, .{id});
    }
};

pub const secrets = struct {
    const store = package ++ "secure-storage" ++ version;

    pub fn write(key: []const u8, secret: []const u8) Outcome(void) {
        return wit.call(store, "write", Outcome(void), .{ key, secret });
    }

    /// Null where there is none.
    pub fn read(key: []const u8) Outcome(?[]const u8) {
        return wit.call(store, "read", Outcome(?[]const u8), .{key});
    }

    pub fn delete(key: []const u8) Outcome(void) {
        return wit.call(store, "delete", Outcome(void), .{key});
    }
};

pub const dialogs = struct {
    const interface = package ++ "file-dialog" ++ version;

    pub const Opened = struct { path: []const u8, contents: []const u8 };

    /// The file the person chose; null where they did not.
    pub fn openFile(title: []const u8, extensions: []const []const u8) Outcome(?Opened) {
        return wit.call(interface, "open-file", Outcome(?Opened), .{ title, extensions });
    }

    /// Where the person saved it; null where they did not.
    pub fn saveFile(
        title: []const u8,
        default_name: []const u8,
        extensions: []const []const u8,
        contents: []const u8,
    ) Outcome(?[]const u8) {
        return wit.call(interface, "save-file", Outcome(?[]const u8), .{ title, default_name, extensions, contents });
    }
};

pub const storage = struct {
    const own = package ++ "plugin-storage" ++ version;

    /// The text that was stored, empty at first.
    pub fn read() []const u8 {
        return wit.call(own, "read", []const u8, .{});
    }

    pub fn write(text: []const u8) wit.Result(void, []const u8) {
        return wit.call(own, "write", wit.Result(void, []const u8), .{text});
    }
};

pub const tabs = struct {
    const interface = package ++ "ui-tabs" ++ version;

    /// An id for logs; empty where no tab opens. `state` reaches the new instance through `init-with-state`.
    pub fn open(title: []const u8, icon: ?[]const u8, state: ?[]const u8) []const u8 {
        return wit.call(interface, "open-tab", []const u8, .{ title, icon, state });
    }
};

pub const signals = struct {
    const interface = package ++ "signals" ++ version;

    pub const Status = enum { ready, loading, @"error" };

    /// A short fact for the status bar; with 0 milliseconds it holds until it is set again.
    pub fn emit(key: []const u8, value: []const u8, status: Status, milliseconds: u32) void {
        wit.call(interface, "emit-signal", void, .{ key, value, status, milliseconds });
    }
};

pub const datasets = struct {
    const bus = package ++ "dataset-bus" ++ version;

    pub const Column = struct { name: []const u8, type_hint: []const u8 };
    pub const Row = []const []const u8;

    /// The handle; empty where the host refused the table.
    pub fn publish(name: []const u8, columns: []const Column, rows: []const Row) []const u8 {
        return wit.call(bus, "publish", []const u8, .{ name, columns, rows });
    }

    pub fn update(handle: []const u8, columns: []const Column, rows: []const Row) void {
        wit.call(bus, "update", void, .{ handle, columns, rows });
    }

    pub fn append(handle: []const u8, rows: []const Row) void {
        wit.call(bus, "append", void, .{ handle, rows });
    }

    pub fn release(handle: []const u8) void {
        wit.call(bus, "release", void, .{handle});
    }
};

pub const queries = struct {
    const runtime = package ++ "db-runtime" ++ version;

    /// The id under which the event `query-result` will come, with what the plugin's own `data-source.query` returned.
    pub fn submit(handle: []const u8, query: []const u8) []const u8 {
        return wit.call(runtime, "submit-query", []const u8, .{ handle, query });
    }
};
