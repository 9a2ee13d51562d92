/**
 * Events on their way to the plugin: one at a time, in the order they happened. What a person changed stays in the control
 * until the plugin has dealt with it, however many trees it draws meanwhile.
 */
import type { PanelEvent } from "../../shared/panelPage";

export interface EventQueueOptions {
  /** Settled when the plugin has dealt with the event. */
  readonly send: (event: PanelEvent) => Promise<unknown>;
  /** Something is no longer kept: controls show what the plugin says. */
  readonly settled: () => void;
  readonly failed: (error: unknown) => void;
}

export class EventQueue {
  readonly #options: EventQueueOptions;
  /** What was changed last, by widget, and not yet dealt with. */
  readonly #changed = new Map<string, string>();
  #waiting: PanelEvent[] = [];
  #isSending = false;
  /** Counts resets, so that what is answered late changes nothing. */
  #round = 0;

  constructor(options: EventQueueOptions) {
    this.#options = options;
  }

  /** Sends an event when those before it are dealt with. Of changes of one control that wait in a row, the last is sent. */
  push(event: PanelEvent): void {
    if (event.kind === "change") {
      this.#changed.set(event.widgetId, event.value);
      const last = this.#waiting.at(-1);
      if (last?.kind === "change" && last.widgetId === event.widgetId) {
        this.#waiting.pop();
      }
    }
    this.#waiting.push(event);
    void this.#run();
  }

  /** The value of a widget that the plugin has not dealt with; undefined where it has. */
  changed(widgetId: string): string | undefined {
    return this.#changed.get(widgetId);
  }

  /** Drops what waits, and leaves what was changed in the controls. */
  drop(): void {
    this.#waiting = [];
  }

  /** Begins anew for another instance, which knows nothing of what was on its way. */
  reset(): void {
    this.#round++;
    this.#waiting = [];
    this.#changed.clear();
    this.#isSending = false;
  }

  async #run(): Promise<void> {
    if (this.#isSending) {
      return;
    }
    const round = this.#round;
    this.#isSending = true;
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      await this.#deal(event, round);
      if (round !== this.#round) {
        return; // whoever sends now is another one
      }
    }
    this.#isSending = false;
  }

  async #deal(event: PanelEvent, round: number): Promise<void> {
    try {
      await this.#options.send(event);
    } catch (error) {
      if (round === this.#round) {
        this.#options.failed(error); // what was typed stays, to be copied or typed on
      }
      return;
    }
    const { widgetId, kind } = event;
    const isLast = !this.#waiting.some((other) => other.kind === "change" && other.widgetId === widgetId);
    if (round === this.#round && kind === "change" && isLast) {
      this.#changed.delete(widgetId);
      this.#options.settled();
    }
  }
}
