/** The log as `thoth.trace.server` writes to it: messages in full, but for those that hold secrets of plugins. */
import type { LogOutputChannel } from "vscode";

/** Their params and results are left out. */
const SECRET = /^(?:Sending|Received) (?:request|response) 'thoth\/(?:secret\/|plugin\/setSetting |plugin\/settingsEvent )/;
const SECRET_METHOD = /^thoth\/(?:secret\/|plugin\/setSetting$|plugin\/settingsEvent$)/;
const LEFT_OUT = "(left out: it may hold a secret)";

/** `log`, with traces that hold secrets cut short. */
export function quietTrace(log: LogOutputChannel): LogOutputChannel {
  const quieter = new Quieter();
  return new Proxy(log, {
    get(target, name): unknown {
      if (name === "trace") {
        return (message: string) => target.trace(quieter.quiet(message));
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

class Quieter {
  /** Ids of requests whose answers, traced as JSON, do not say what they answer. */
  readonly #ids = new Set<unknown>();

  quiet(message: string): string {
    const data = asJson(message);
    if (data === undefined) {
      return SECRET.test(message) ? `${message.split("\n", 1)[0] ?? ""} ${LEFT_OUT}` : message;
    }
    const { id, method } = data;
    if (typeof method === "string" && SECRET_METHOD.test(method)) {
      this.#ids.add(id);
      return JSON.stringify({ method, id, params: LEFT_OUT });
    }
    return method === undefined && this.#ids.delete(id) ? JSON.stringify({ id, result: LEFT_OUT }) : message;
  }
}

/** The message of the protocol that is traced, where it is traced as JSON. */
function asJson(text: string): { readonly id?: unknown; readonly method?: unknown } | undefined {
  if (!text.startsWith("{")) {
    return undefined;
  }
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === "object" && message !== null ? message : undefined;
  } catch {
    return undefined;
  }
}
