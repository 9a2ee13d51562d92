/** What a panel is at, and what it is at once something around it has changed. */
import type { Failure } from "../errors";
import type { ServerApi } from "../serverApi";

/** One that was not opened yet, or was lost, is opened when somebody looks. */
export type Phase =
  | { readonly name: "idle" | "opening" | "live" }
  /** The instance takes no more events until it is restarted. */
  | { readonly name: "crashed"; readonly message: string }
  /** There is no instance, for a reason of its plugin's. */
  | { readonly name: "ended"; readonly message: string }
  | { readonly name: "offline"; readonly failure: Failure | undefined };

/** The phase in which its instance is lost because the server is at something else; undefined where it is not. */
export function lostWithServer({ name }: Phase, { state, reason }: Pick<ServerApi, "state" | "reason">): Phase | undefined {
  if (state === "stopped" && name !== "idle" && name !== "ended") {
    return { name: "offline", failure: reason };
  }
  return state === "running" && name === "offline" ? { name: "idle" } : undefined;
}
