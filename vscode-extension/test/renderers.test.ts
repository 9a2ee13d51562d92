/** The list of renderers follows the server and its plugins. */
import { describe, expect, it } from "vitest";
import { Renderers } from "../src/renderers";
import type { Renderer } from "../src/shared/messages";
import { Failure } from "../src/errors";
import { FakeServer } from "./fakes/server";

const LIST = "thoth/renderer/list";
const answer = (...names: string[]) => ({ renderers: names.map((name) => ({ pluginId: `com.${name}`, name })) });

describe("the renderers there are", () => {
  it("are asked for at once, when the server comes back and when plugins change", async () => {
    const server = new FakeServer();
    const renderers = new Renderers(server);
    const told: (readonly Renderer[])[] = [];
    renderers.onDidChange((list) => told.push(list));
    await server.last(LIST).answer(answer("cards"));
    expect(renderers.list).toEqual([{ pluginId: "com.cards", name: "cards", revision: 0 }]);
    server.pluginChanges.fire({ pluginIds: ["com.cards"], reason: "reloaded", message: null });
    await server.last(LIST).answer(answer("cards", "chart"));
    expect(renderers.list.map(({ name, revision }) => [name, revision])).toEqual([["cards", 1], ["chart", 0]]);
    server.setState("stopped");
    server.setState("running");
    expect(server.sent).toHaveLength(3);
    expect(told).toHaveLength(2);
  });

  it("are not asked for, nor drawn anew, because one has crashed: it would crash again", async () => {
    const server = new FakeServer();
    const renderers = new Renderers(server);
    await server.last(LIST).answer(answer("cards"));
    server.pluginChanges.fire({ pluginIds: ["com.cards"], reason: "crashed", message: null });
    expect(server.sent).toHaveLength(1);
    server.pluginChanges.fire({ pluginIds: ["com.other"], reason: "installed", message: null });
    await server.last(LIST).answer(answer("cards"));
    expect(renderers.list[0]?.revision).toBe(0);
  });

  it("are those of the last answer asked for, and stay when there is none", async () => {
    const server = new FakeServer();
    const renderers = new Renderers(server);
    server.pluginChanges.fire({ pluginIds: [], reason: "installed", message: null });
    const [first, second] = server.sent;
    await second?.answer(answer("new"));
    await first?.answer(answer("old"));
    server.pluginChanges.fire({ pluginIds: [], reason: "installed", message: null });
    await server.last(LIST).fail(new Failure("serverStopped", "gone"));
    expect(renderers.list.map(({ name }) => name)).toEqual(["new"]);
  });
});
