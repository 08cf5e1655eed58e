import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Event } from 'js-yaml';
import type { FieldPath } from './manifest.ts';
import { resolvePlainKey } from './plain-scalar.ts';
import { isMergeKey } from './yaml-value.ts';
import { nodeOffset } from './yaml-events.ts';
import type { EventStream } from './yaml-events.ts';

/** Where the nodes of one document stand: a tree beside its value. */
interface Place {
  /** Offset of the key for a field, of the item for a list's item. */
  offset: number;
  readonly children: Map<string | number, Place>;
}

/** Answers where a field stands; built when a document is asked for the first time. */
export class FieldPositions {
  readonly #stream: EventStream;
  readonly #anchors = new Map<string, Place>();
  readonly #root: Place;
  #cursor = 1;

  constructor(stream: EventStream) {
    this.#stream = stream;
    this.#root = this.#node(nodeOffset(this.#peek()) ?? 0);
  }

  /** Offset of the field, or of its nearest ancestor that is there. */
  offsetOf(path: FieldPath): number {
    let place = this.#root;
    for (const step of path) {
      const child = place.children.get(step);
      if (child === undefined) break;
      place = child;
    }
    return this.#stream.originalOffset(place.offset);
  }

  #node(offset: number): Place {
    const event = this.#next();
    const place: Place = { offset, children: new Map() };
    switch (event.type) {
      case EVENT_ID.ALIAS: {
        const anchor = this.#anchors.get(this.#stream.text.slice(event.anchorStart, event.anchorEnd));
        return { offset, children: anchor?.children ?? place.children };
      }
      case EVENT_ID.MAPPING:
        this.#mapping(place);
        break;
      case EVENT_ID.SEQUENCE:
        this.#sequence(place);
        break;
      default:
        break;
    }
    if ('anchorStart' in event && event.anchorStart >= 0) {
      this.#anchors.set(this.#stream.text.slice(event.anchorStart, event.anchorEnd), place);
    }
    return place;
  }

  #sequence(place: Place): void {
    for (let index = 0; this.#peek().type !== EVENT_ID.POP; index++) {
      place.children.set(index, this.#node(nodeOffset(this.#peek()) ?? place.offset));
    }
    this.#cursor++;
  }

  #mapping(place: Place): void {
    for (let event = this.#peek(); event.type !== EVENT_ID.POP; event = this.#peek()) {
      const merge = event.type === EVENT_ID.SCALAR && isMergeKey(this.#stream.text, event);
      const offset = nodeOffset(event) ?? place.offset;
      const key = this.#key();
      const child = this.#node(offset);
      if (merge) mergePlaces(place, child);
      else if (key !== undefined) place.children.set(key, child);
    }
    this.#cursor++;
  }

  /** Keys with tags and aliases as keys keep no position of their own: nobody writes fields that way. */
  #key(): string | undefined {
    const event = this.#peek();
    this.#node(0);
    if (event.type !== EVENT_ID.SCALAR) return undefined;
    const text = getScalarValue(this.#stream.text, event);
    return event.style === SCALAR_STYLE.PLAIN ? resolvePlainKey(text) : text;
  }

  #peek(): Event {
    return this.#stream.events[this.#cursor] ?? { type: EVENT_ID.POP };
  }

  #next(): Event {
    const event = this.#peek();
    this.#cursor++;
    return event;
  }
}

/** The value of `<<` is an object, or a list of objects of which earlier ones win. */
function mergePlaces(place: Place, source: Place): void {
  const listed = [...source.children].filter(([key]) => typeof key === 'number').map(([, child]) => child);
  const sources = listed.length > 0 ? listed.reverse() : [source];
  for (const { children } of sources) {
    for (const [key, child] of children) place.children.set(key, child);
  }
}
