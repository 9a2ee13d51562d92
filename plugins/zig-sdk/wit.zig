//! Exports and imports of a component, made from ordinary Zig functions and types at compile time.
//!
//!     const impl = struct {
//!         pub fn getRange(start: u64, count: u64) wit.Result([]const []const u8, PluginError) { … }
//!     };
//!     comptime {
//!         wit.exportInterface("thoth:plugin/file-loader@0.1.0", impl);
//!     }
//!
//! `layout.zig` lists which Zig type stands for which WIT type. The caller keeps both in step: `wasm-tools component
//! new` refuses a module whose core signatures differ from the world, but cannot see a field of another meaning.
const std = @import("std");
const layout = @import("layout.zig");
const canonical = @import("canonical.zig");
const memory = @import("memory.zig");

const flat = layout.flat;

/// `result<T, E>`; `void` stands for an absent payload.
pub fn Result(comptime T: type, comptime E: type) type {
    return union(enum) { ok: T, err: E };
}

/// Exports every public function of `impl` as `<interface>#<name-in-kebab-case>`.
pub fn exportInterface(comptime interface: []const u8, comptime impl: type) void {
    @setEvalBranchQuota(100_000);
    inline for (@typeInfo(impl).@"struct".decl_names) |name| {
        const function = @field(impl, name);
        if (@typeInfo(@TypeOf(function)) == .@"fn") exportFunction(interface ++ "#" ++ kebab(name), function);
    }
}

/// Exports one function under its full core name, and the function that frees its result.
pub fn exportFunction(comptime name: []const u8, comptime function: anytype) void {
    @setEvalBranchQuota(100_000);
    const Made = Wrapped(function);
    @export(Made.core, .{ .name = name });
    @export(Made.post, .{ .name = "cabi_post_" ++ name });
}

/// Calls the import `name` of `module`; `args` is a tuple of the parameters.
pub fn call(comptime module: []const u8, comptime name: []const u8, comptime R: type, args: anytype) R {
    @setEvalBranchQuota(100_000);
    const Args = @TypeOf(args);
    const spilled = comptime flat(Args).len > 16;
    const own: []const type = comptime if (spilled) &.{u32} else flat(Args);
    const results = comptime flat(R).len;
    const params = comptime if (results > 1) own ++ &[_]type{u32} else own;
    const Core = @Fn(params, &@splat(.{}), if (results == 1) flat(R)[0] else void, .{ .@"callconv" = .c });
    const import = @extern(*const Core, .{ .name = name, .library_name = module });

    var passed: @Tuple(params) = undefined;
    var spill: [if (spilled) layout.sizeOf(Args) else 1]u8 align(8) = undefined;
    if (spilled) {
        canonical.store(Args, args, &spill);
        passed[0] = @intFromPtr(&spill);
    } else canonical.lower(Args, args, &passed, 0);
    var area: [@max(layout.sizeOf(R), 1)]u8 align(8) = undefined;
    if (results > 1) passed[own.len] = @intFromPtr(&area);
    const result = @call(.auto, import, passed);
    if (results == 0) return;
    if (results == 1) return canonical.lift(R, &.{result}, 0);
    return canonical.load(R, &area);
}

fn kebab(comptime name: []const u8) []const u8 {
    comptime {
        var out: []const u8 = "";
        for (name) |c| out = out ++ if (c >= 'A' and c <= 'Z') "-" ++ &[_]u8{c + 32} else &[_]u8{c};
        return out;
    }
}

/// What a function returning `R` returns as a core function: nothing, one core value, or the address of the result.
fn Returned(comptime R: type) type {
    const types = flat(R);
    return if (types.len == 0) void else if (types.len == 1) types[0] else *anyopaque;
}

fn Wrapped(comptime function: anytype) type {
    const Args = std.meta.ArgsTuple(@TypeOf(function));
    const R = @typeInfo(@TypeOf(function)).@"fn".return_type.?;
    return struct {
        const P = flat(Args);
        const Out = Returned(R);
        var area: [layout.sizeOf(R)]u8 align(8) = undefined;

        /// The core function. Zig has no way to make a parameter list, so each length is spelled out.
        pub const core = switch (P.len) {
            0 => &w0,
            1 => &w1,
            2 => &w2,
            3 => &w3,
            4 => &w4,
            5 => &w5,
            6 => &w6,
            7 => &w7,
            8 => &w8,
            9 => &w9,
            10 => &w10,
            11 => &w11,
            12 => &w12,
            13 => &w13,
            14 => &w14,
            15 => &w15,
            16 => &w16,
            else => &wSpilled,
        };
        pub const post = if (Out == void) &postNothing else &postResult;

        fn run(in: anytype) Out {
            return finish(canonical.lift(Args, in, 0));
        }
        fn finish(args: Args) Out {
            const result = @call(.auto, function, args);
            const count = comptime flat(R).len;
            if (count == 0) return;
            if (count == 1) {
                var out: layout.Flat(R) = undefined;
                canonical.lower(R, result, &out, 0);
                return out[0];
            }
            canonical.store(R, result, &area);
            return @ptrCast(&area);
        }
        fn postNothing() callconv(.c) void {
            memory.reset();
        }
        fn postResult(_: Out) callconv(.c) void {
            memory.reset();
        }
        fn wSpilled(in: [*]const u8) callconv(.c) Out { // more than 16 core values: passed in memory
            return finish(canonical.load(Args, in));
        }
        fn w0() callconv(.c) Out {
            return run(&.{});
        }
        fn w1(a0: P[0]) callconv(.c) Out {
            return run(&.{a0});
        }
        fn w2(a0: P[0], a1: P[1]) callconv(.c) Out {
            return run(&.{ a0, a1 });
        }
        fn w3(a0: P[0], a1: P[1], a2: P[2]) callconv(.c) Out {
            return run(&.{ a0, a1, a2 });
        }
        fn w4(a0: P[0], a1: P[1], a2: P[2], a3: P[3]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3 });
        }
        fn w5(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4 });
        }
        fn w6(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5 });
        }
        fn w7(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6 });
        }
        fn w8(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7 });
        }
        fn w9(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7], a8: P[8]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7, a8 });
        }
        fn w10(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7], a8: P[8], a9: P[9]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 });
        }
        fn w11(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7], a8: P[8], a9: P[9], a10: P[10]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10 });
        }
        fn w12(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7], a8: P[8], a9: P[9], a10: P[10], a11: P[11]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11 });
        }
        fn w13(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7], a8: P[8], a9: P[9], a10: P[10], a11: P[11], a12: P[12]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12 });
        }
        fn w14(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7], a8: P[8], a9: P[9], a10: P[10], a11: P[11], a12: P[12], a13: P[13]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13 });
        }
        fn w15(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7], a8: P[8], a9: P[9], a10: P[10], a11: P[11], a12: P[12], a13: P[13], a14: P[14]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14 });
        }
        fn w16(a0: P[0], a1: P[1], a2: P[2], a3: P[3], a4: P[4], a5: P[5], a6: P[6], a7: P[7], a8: P[8], a9: P[9], a10: P[10], a11: P[11], a12: P[12], a13: P[13], a14: P[14], a15: P[15]) callconv(.c) Out {
            return run(&.{ a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15 });
        }
    };
}
