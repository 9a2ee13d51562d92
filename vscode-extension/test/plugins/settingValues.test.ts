import { expect, test } from "vitest";
import { jsonOf, shownValue, textOf } from "../../src/shared/settingValues";
import { setting } from "../fakes/plugins";

test("the workspace shows its own value, else the user's, else the default", () => {
  expect(shownValue(setting(), "workspace")).toEqual({ json: '" "', isModified: false, isModifiedElsewhere: false });
  expect(shownValue(setting({ user: '"-"' }), "workspace")).toEqual({ json: '"-"', isModified: false, isModifiedElsewhere: true });
  expect(shownValue(setting({ user: '"-"', workspace: '"+"' }), "workspace").json).toBe('"+"');
});

test("the user's tab shows what is set for the user, whatever the workspace has", () => {
  expect(shownValue(setting({ user: '"-"', workspace: '"+"' }), "user")).toEqual({ json: '"-"', isModified: true, isModifiedElsewhere: true });
});

test("numbers keep all of their digits", () => {
  expect(jsonOf("integer", " 123456789012345678901 ")).toBe("123456789012345678901");
  expect(jsonOf("number", "-0.10")).toBe("-0.10");
  expect(textOf("123456789012345678901")).toBe("123456789012345678901");
});

test("what is no number goes to the server as the text it is", () => {
  for (const text of ["twelve", "0x10", "1e", "", "NaN", "01"]) {
    expect(jsonOf("integer", text)).toBe(JSON.stringify(text));
  }
});

test("texts, choices and switches", () => {
  expect([jsonOf("string", "a\"b"), jsonOf("enum", "x"), jsonOf("boolean", "true"), jsonOf("boolean", "")]).toEqual(['"a\\"b"', '"x"', "true", "false"]);
  expect([textOf('"a\\"b"'), textOf("null"), textOf("true"), textOf("broken{")]).toEqual(['a"b', "", "true", "broken{"]);
});
