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
  /** Those whose last change the plugin failed to deal with: its next tree says what it knows. */
  readonly #lost = new Set<string>();
  /** How often each had a change that was lost. */
  readonly #losses = new Map<string, number>();
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
      this.#lost.delete(event.widgetId);
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

  /** There is another tree: what the plugin failed to deal with is not kept over what it says itself. */
  drawn(): void {
    for (const widgetId of this.#lost) {
      this.#lose(widgetId);
    }
    this.#lost.clear();
  }

  /** How many changes of a widget the plugin failed to deal with, up to its last tree. */
  losses(widgetId: string): number {
    return this.#losses.get(widgetId) ?? 0;
  }

  /** Drops what waits besides changes of controls: what was typed while the plugin worked is not pressed away with that. */
  dropPressed(): void {
    this.#waiting = this.#waiting.filter(({ kind }) => kind === "change");
  }

  /** Drops all that waits, and leaves what was changed in the controls. */
  drop(): void {
    this.#waiting = [];
  }

  /** Begins anew for another instance, which knows nothing of what was on its way. */
  reset(): void {
    this.#round++;
    this.#waiting = [];
    for (const widgetId of this.#changed.keys()) {
      this.#lose(widgetId);
    }
    this.#lost.clear();
    this.#isSending = false;
  }

  #lose(widgetId: string): void {
    this.#changed.delete(widgetId);
    this.#losses.set(widgetId, this.losses(widgetId) + 1);
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
    const { widgetId, kind } = event;
    const isLast = (): boolean => kind === "change" && !this.#waiting.some((other) => other.kind === "change" && other.widgetId === widgetId);
    try {
      await this.#options.send(event);
      if (round === this.#round && isLast()) {
        this.#changed.delete(widgetId);
        this.#options.settled();
      }
    } catch (error) {
      if (round === this.#round) {
        if (isLast()) {
          this.#lost.add(widgetId); // it stays to be read until there is another tree
        }
        this.#options.failed(error);
      }
    }
  }
}
