/** Times, sizes and durations as the editor's language writes them. */
import { format } from "../../shared/gridStrings";
import type { ActivityStrings } from "../../shared/activityStrings";

const UNITS = ["B", "KiB", "MiB", "GiB"];

export class Figures {
  readonly #strings: ActivityStrings;
  readonly #number: Intl.NumberFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #moment: Intl.DateTimeFormat;

  constructor(strings: ActivityStrings, locale: string) {
    this.#strings = strings;
    this.#number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    this.#time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    this.#moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
  }

  count(value: number): string {
    return this.#number.format(value);
  }

  /** The time of day of an RFC 3339 date. */
  time(at: string): string {
    return written(this.#time, at);
  }

  /** Day and time. */
  moment(at: string): string {
    return written(this.#moment, at);
  }

  bytes(size: number): string {
    let unit = 0;
    let value = size;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return `${this.count(value)} ${UNITS[unit] ?? ""}`;
  }

  duration(milliseconds: number): string {
    return milliseconds < 1000
      ? format(this.#strings.activityMilliseconds, this.count(milliseconds))
      : format(this.#strings.activitySeconds, this.count(milliseconds / 1000));
  }
}

function written(by: Intl.DateTimeFormat, at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : by.format(date);
}
