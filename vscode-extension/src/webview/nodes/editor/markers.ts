/** Triangles beside the lines that can be run by themselves. */
import { type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { gutter, GutterMarker } from "@codemirror/view";

/** The offsets that have a marker, from now on. They move with the text. */
export const markersIn = StateEffect.define<readonly number[]>();

const PLAY = "\ueb2c";

class RunMarker extends GutterMarker {
  constructor(
    readonly offset: number,
    readonly label: string,
  ) {
    super();
  }

  override eq(other: RunMarker): boolean {
    return other.offset === this.offset;
  }

  override toDOM(): HTMLElement {
    const mark = document.createElement("span");
    mark.className = "cm-run-marker";
    mark.textContent = PLAY;
    mark.title = this.label;
    return mark;
  }
}

/** The gutter with them; `label` names one, with its line in the place of `{0}`. */
export function runMarkers(run: (offset: number) => void, label: string): Extension {
  const field = StateField.define<RangeSet<RunMarker>>({
    create: () => RangeSet.empty,
    update(markers, transaction) {
      let now = markers.map(transaction.changes);
      for (const effect of transaction.effects) {
        if (effect.is(markersIn)) {
          const { doc } = transaction.state;
          const within = [...new Set(effect.value)].filter((offset) => offset <= doc.length).sort((one, other) => one - other);
          now = RangeSet.of(
            within.map((offset) => {
              const line = doc.lineAt(offset);
              return new RunMarker(offset, label.replace("{0}", String(line.number))).range(line.from);
            }),
            true,
          );
        }
      }
      return now;
    },
  });
  const markersOf = (view: { readonly state: { field(of: typeof field): RangeSet<RunMarker> } }) => view.state.field(field);
  const pressed = (view: Parameters<typeof markersOf>[0], { from }: { readonly from: number }): boolean => {
    let found = false;
    markersOf(view).between(from, from, (_from, _to, { offset }) => {
      found = true;
      run(offset);
      return false;
    });
    return found;
  };
  return [field, gutter({ class: "cm-run", markers: markersOf, domEventHandlers: { mousedown: pressed } })];
}
