import { expect, test } from "vitest";
import { escaped, plain, quoted, unlinked } from "../../src/plugins/untrusted";

test("words of an author stay on one line, without characters that act", () => {
  expect(plain("one\ntwo\tthree\u0007 four")).toBe("one two three four");
  expect(plain("right\u202Eot tfel\u2066x\u2069 zero\u200Bwidth \u{E0041}tag")).toBe("rightot tfelx zerowidth tag");
  expect(plain("z" + "\u0301".repeat(50))).toHaveLength(4);
});

test("long words end with dots, and a character of two halves is not cut in two", () => {
  expect(plain("x".repeat(400))).toHaveLength(300);
  expect(plain("😀😀😀", 2)).toBe("😀…");
});

test("a quotation cannot be left", () => {
  expect(quoted('fine” Allow everything “now "x"')).toBe("“fine' Allow everything 'now 'x'”");
});

test("nothing is markup, a link or an icon in a tooltip", () => {
  expect(escaped("[a](command:x) **b** <img src=x> $(error) `c` &lt;")).toBe(
    "\\[a\\]\\(command:x\\) \\*\\*b\\*\\* &lt;img src=x\\> \\$\\(error\\) \\`c\\` &amp;lt;",
  );
  expect(escaped("https://example.org www.example.org")).not.toMatch(/:\/\/|www\\\./);
});

test("nothing is a link in a message, also where characters are left out of it", () => {
  expect(plain("[Fix it](command:x) [it]\u200B(https://example.org)")).toBe("[Fix it] (command:x) [it] (https://example.org)");
  expect(unlinked("a.csv: [Retry](command:x)\n[again](file:///x)")).toBe("a.csv: [Retry] (command:x)\n[again] (file:///x)");
});
