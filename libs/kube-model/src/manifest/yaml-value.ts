import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';
import { isJsonObject } from '../json.ts';
import type { Json } from '../json.ts';
import { AliasExpansion } from './alias-expansion.ts';
import { ManifestProblem } from './manifest-problem.ts';
import type { NodeBudget } from './node-budget.ts';
import { resolvePlain, resolvePlainKey } from './plain-scalar.ts';
import { resolveTagged } from './tagged-scalar.ts';
import { nodeOffset } from './yaml-events.ts';
import type { EventStream } from './yaml-events.ts';

/** What an anchor stands for. Aliases share the value: documents are read-only. */
interface Anchor {
  readonly value: Json;
  /** The scalar's meaning in key position; undefined for what cannot be a key. */
  readonly key: string | undefined;
  /** Nodes and levels of the value, aliases followed. */
  readonly nodes: number;
  readonly height: number;
}

/** Builds the JSON value of one document from its events, as go-yaml v2's decoder and sigs.k8s.io/yaml do. */
export function buildValue(stream: EventStream, budget: NodeBudget): Json {
  return new ValueBuilder(stream, budget).document();
}

class ValueBuilder {
  readonly #stream: EventStream;
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #budget: NodeBudget;
  readonly #expansion = new AliasExpansion();
  readonly #anchors = new Map<string, Anchor | 'open'>();
  #cursor = 1;
  /** Deepest level reached so far, and nodes built so far: their growth is an anchor's height and size. */
  #deepest = 0;
  #nodes = 0;

  constructor(stream: EventStream, budget: NodeBudget) {
    this.#stream = stream;
    this.#text = stream.text;
    this.#events = stream.events;
    this.#budget = budget;
  }

  document(): Json {
    return this.#node(0);
  }

  #node(depth: number): Json {
    const event = this.#next();
    this.#count(1, event);
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const value = this.#scalar(event);
        if (event.anchorStart >= 0) this.#anchorScalar(event, value);
        return value;
      }
      case EVENT_ID.ALIAS:
        return this.#alias(event, depth).value;
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        return event.anchorStart < 0 ? this.#collection(event, depth + 1) : this.#anchoredCollection(event, depth + 1);
      default:
        throw new Error('the parser closed a node that it had not opened');
    }
  }

  #collection(event: Event, depth: number): Json {
    this.#budget.enter(depth, this.#offset(event));
    if (depth > this.#deepest) this.#deepest = depth;
    const value = event.type === EVENT_ID.MAPPING ? this.#mapping(depth) : this.#sequence(depth);
    this.#cursor++;
    return value;
  }

  #anchoredCollection(event: Event & { anchorStart: number; anchorEnd: number }, depth: number): Json {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const nodesBefore = this.#nodes;
    const deepestBefore = this.#deepest;
    this.#anchors.set(name, 'open');
    this.#deepest = depth;
    const value = this.#collection(event, depth);
    const height = this.#deepest - depth + 1;
    this.#deepest = Math.max(deepestBefore, this.#deepest);
    this.#anchors.set(name, { value, key: undefined, nodes: this.#nodes - nodesBefore + 1, height });
    return value;
  }

  #sequence(depth: number): Json {
    const items: Json[] = [];
    while (this.#peek().type !== EVENT_ID.POP) items.push(this.#node(depth));
    return items;
  }

  /** A later key takes the place of an earlier one, also of one that a merge brought, and a merge of earlier keys. */
  #mapping(depth: number): Json {
    const object: Record<string, Json> = {};
    for (let event = this.#peek(); event.type !== EVENT_ID.POP; event = this.#peek()) {
      if (event.type === EVENT_ID.SCALAR && isMergeKey(this.#text, event)) {
        this.#cursor++;
        this.#merge(object, depth);
      } else {
        const key = this.#key();
        setOwn(object, key, this.#node(depth));
      }
    }
    return object;
  }

  #key(): string {
    const event = this.#next();
    this.#count(1, event);
    const key = this.#keyText(event);
    if (key !== undefined) return key;
    throw this.#problem(
      'invalid map key',
      'write the key as one word, in quotes if it holds { or [ or is empty',
      event,
    );
  }

  #keyText(event: Event): string | undefined {
    switch (event.type) {
      case EVENT_ID.SCALAR: {
        const key = this.#scalarKey(event);
        if (event.anchorStart >= 0) this.#anchorScalar(event, this.#scalar(event));
        return key;
      }
      case EVENT_ID.ALIAS:
        return this.#alias(event, 0).key;
      default:
        return undefined;
    }
  }

  #scalarKey(event: ScalarEvent): string | undefined {
    const text = getScalarValue(this.#text, event);
    if (event.tagStart >= 0) {
      const value = this.#tagged(event, text);
      return value === null ? undefined : String(value);
    }
    return event.style === SCALAR_STYLE.PLAIN ? resolvePlainKey(text) : text;
  }

  #scalar(event: ScalarEvent): Json {
    const text = getScalarValue(this.#text, event);
    const value =
      event.tagStart >= 0 ? this.#tagged(event, text) : event.style === SCALAR_STYLE.PLAIN ? resolvePlain(text) : text;
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    const word = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    throw this.#problem(`json: unsupported value: ${word}`, 'put the value in quotes: JSON has no such number', event);
  }

  #tagged(event: ScalarEvent, text: string): string | number | boolean | null {
    const tag = this.#text.slice(event.tagStart, event.tagEnd);
    const resolution = resolveTagged(tag, text);
    if (resolution.kind === 'value') return resolution.value;
    throw this.#problem(resolution.reason, `take out ${tag}, or write a value that fits it`, event);
  }

  #anchorScalar(event: ScalarEvent, value: Json): void {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    this.#anchors.set(name, { value, key: this.#scalarKey(event), nodes: 1, height: 0 });
  }

  #alias(event: Event & { anchorStart: number; anchorEnd: number }, depth: number): Anchor {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const anchor = this.#anchors.get(name);
    if (anchor === undefined) {
      throw this.#problem(
        `unknown anchor '${name}' referenced`,
        'a value that starts with * needs quotes, unless it names an anchor (&name) above',
        event,
      );
    }
    if (anchor === 'open') {
      throw this.#problem(`anchor '${name}' value contains itself`, `take out the *${name} inside of &${name}`, event);
    }
    this.#budget.enter(depth + anchor.height, this.#offset(event));
    this.#deepest = Math.max(this.#deepest, depth + anchor.height);
    this.#count(anchor.nodes, event);
    if (this.#expansion.isExcessive(anchor.nodes, this.#nodes)) {
      const offset = this.#offset(event);
      const mend = 'write the values out: aliases of aliases unfold into too many';
      throw new ManifestProblem('tooManyAliases', 'document contains excessive aliasing', mend, offset);
    }
    return anchor;
  }

  /** decode.go, merge: earlier objects of a list win; what is merged takes the place of keys written above. */
  #merge(object: Record<string, Json>, depth: number): void {
    const event = this.#peek();
    const value = this.#node(depth);
    const sources = event.type === EVENT_ID.SEQUENCE && Array.isArray(value) ? value.toReversed() : [value];
    for (const source of sources as readonly Json[]) {
      if (!isJsonObject(source)) {
        throw this.#problem(
          'map merge requires map or sequence of maps as the value',
          'give << an alias of an object, or a list of such aliases',
          event,
        );
      }
      const keys = Object.keys(source);
      this.#count(keys.length, event);
      for (const key of keys) setOwn(object, key, source[key] ?? null);
    }
  }

  #count(nodes: number, event: Event): void {
    this.#nodes += nodes;
    this.#budget.spend(nodes, this.#offset(event));
  }

  #problem(reason: string, mend: string, event: Event): ManifestProblem {
    return new ManifestProblem('syntax', reason, mend, this.#offset(event));
  }

  #offset(event: Event): number {
    return this.#stream.originalOffset(nodeOffset(event) ?? 0);
  }

  #peek(): Event {
    const event = this.#events[this.#cursor];
    if (event === undefined) throw new Error('the parser left a node open');
    return event;
  }

  #next(): Event {
    const event = this.#peek();
    this.#cursor++;
    return event;
  }
}

export function isMergeKey(text: string, event: ScalarEvent): boolean {
  if (event.valueEnd - event.valueStart !== 2 || text.charCodeAt(event.valueStart) !== 60) return false;
  if (!text.startsWith('<<', event.valueStart)) return false;
  if (event.tagStart >= 0) return text.slice(event.tagStart, event.tagEnd) === '!!merge';
  return event.style === SCALAR_STYLE.PLAIN;
}

/** `__proto__` is a key like any other: assigning it would change the object's prototype instead. */
function setOwn(object: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
