/** Lets one question be asked at a time: dialogs of several plugins wait for each other and never stack. */
import type { CancellationToken } from "vscode";

export class Turns {
  /** Settled when the question before has been answered. */
  #last: Promise<unknown> = Promise.resolve();

  /** What `show` answers when its turn has come; `otherwise` where the question was taken back before. */
  take<T>(token: CancellationToken, show: () => Promise<T>, otherwise: T): Promise<T> {
    const answer = this.#last.then(() => (token.isCancellationRequested ? otherwise : show()));
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}
