import protobuf from 'protobufjs/minimal.js';
import type { Json, JsonObject } from '@kubedrill/kube-model';
import messages from './messages.json' with { type: 'json' };

/**
 * Bodies in application/vnd.kubernetes.protobuf, in which kubectl creates since 1.32: four bytes "k8s\0", then a runtime.Unknown around
 * the object (apimachinery/pkg/runtime/serializer/protobuf). `messages.json` holds the fields of the messages, "number type", as
 * the generated.proto files of k8s.io/api and k8s.io/apimachinery declare them.
 */
export type ProtobufBody =
  { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string };

interface Field {
  readonly name: string;
  readonly type: string;
  /** 'inline': its fields are those of the message around it (json:",inline" in Go). */
  readonly shape: 'one' | 'list' | 'map' | 'inline';
}

type Message = ReadonlyMap<number, Field>;

const magic = [0x6b, 0x38, 0x73, 0x00];
/** Deeper than any object that the server keeps. */
const deepest = 100;

const shapes: Readonly<Record<string, Field['shape']>> = { '[]': 'list', '{}': 'map', '<>': 'inline' };

const known: ReadonlyMap<string, Message> = new Map(
  Object.entries(messages).map(([name, fields]) => [name, new Map(Object.entries(fields).map(fieldOf))]),
);

function fieldOf([name, words]: [string, string]): [number, Field] {
  const [number = '', declared = ''] = words.split(' ');
  const shape = shapes[declared.slice(0, 2)] ?? 'one';
  return [Number(number), { name, type: shape === 'one' ? declared : declared.slice(2), shape }];
}

export function decodeProtobufBody(body: Uint8Array): ProtobufBody {
  if (!magic.every((byte, index) => body[index] === byte))
    return {
      ok: false,
      message: 'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    };
  try {
    const unknown = new Decoder(body.subarray(magic.length)).message('runtime.Unknown', undefined, 0);
    const { apiVersion, kind } = (unknown['typeMeta'] ?? {}) as { apiVersion?: string; kind?: string };
    const message = messageOf(apiVersion ?? '', kind ?? '');
    if (!known.has(message))
      return { ok: false, message: `no kind "${kind ?? ''}" is registered for version "${apiVersion ?? ''}"` };
    const raw = unknown['raw'];
    const bytes = Buffer.from(typeof raw === 'string' ? raw : '', 'base64');
    return {
      ok: true,
      value: { apiVersion: apiVersion ?? '', kind: kind ?? '', ...new Decoder(bytes).message(message, undefined, 0) },
    };
  } catch (error) {
    return { ok: false, message: `unable to decode protobuf: ${error instanceof Error ? error.message : ''}` };
  }
}

/** "networking.k8s.io/v1" and Ingress: networking.v1.Ingress. */
function messageOf(apiVersion: string, kind: string): string {
  if (kind === 'DeleteOptions') return 'meta.v1.DeleteOptions';
  const [version = '', group = 'core'] = apiVersion.split('/').reverse();
  return `${group.split('.')[0] ?? group}.${version}.${kind}`;
}

class Decoder {
  private readonly reader: protobuf.Reader;

  constructor(bytes: Uint8Array) {
    this.reader = protobuf.Reader.create(bytes);
  }

  /** Fields up to `end`, or to the end of the bytes. */
  message(name: string, end: number | undefined, depth: number): JsonObject {
    const { reader } = this;
    const fields = known.get(name);
    if (!fields) throw new Error(`there is no message ${name}`);
    if (depth > deepest) throw new Error('messages are nested too deep');
    const value: Record<string, Json> = {};
    const last = end ?? reader.len;
    while (reader.pos < last) {
      const tag = reader.uint32();
      const field = fields.get(tag >>> 3);
      if (field) this.field(value, field, depth);
      else reader.skipType(tag & 7);
    }
    return value;
  }

  private field(value: Record<string, Json>, { name, type, shape }: Field, depth: number): void {
    switch (shape) {
      case 'one':
        value[name] = this.value(type, depth);
        return;
      case 'inline':
        Object.assign(value, this.value(type, depth));
        return;
      case 'list': {
        const list = value[name];
        const element = this.value(type, depth);
        if (Array.isArray(list)) list.push(element);
        else value[name] = [element];
        return;
      }
      case 'map': {
        const entries = (value[name] ?? {}) as Record<string, Json>;
        this.entry(entries, type, depth);
        value[name] = entries;
      }
    }
  }

  private entry(entries: Record<string, Json>, type: string, depth: number): void {
    const { reader } = this;
    const end = reader.uint32() + reader.pos;
    let key = '';
    let value: Json = type === 'string' ? '' : null;
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag >>> 3 === 1) key = reader.string();
      else value = this.value(type, depth);
    }
    // Not by assignment: "__proto__" is a key like any other.
    Object.defineProperty(entries, key, { value, enumerable: true, configurable: true, writable: true });
  }

  private value(type: string, depth: number): Json {
    const { reader } = this;
    switch (type) {
      case 'string':
        return reader.string();
      case 'bool':
        return reader.bool();
      case 'int32':
        return reader.int32();
      case 'int64':
        return wholeNumber(reader.int64());
      case 'double':
        return reader.double();
      case 'bytes':
        return Buffer.from(reader.bytes()).toString('base64');
      default: {
        const end = reader.uint32() + reader.pos;
        if (end > reader.len) throw new Error('a message ends behind the end of the body');
        return asJson(type, this.message(type, end, depth + 1));
      }
    }
  }
}

/** The library gives whole numbers of 64 bits as objects where a package for them is present: both add up to a number. */
function wholeNumber(read: unknown): number {
  return Number(read);
}

/** Messages whose JSON form is not an object. */
function asJson(type: string, value: JsonObject): Json {
  switch (type) {
    case 'resource.Quantity':
      return value['string'] ?? '0';
    case 'util.intstr.IntOrString':
      return value['type'] === 1 ? (value['strVal'] ?? '') : (value['intVal'] ?? 0);
    case 'meta.v1.Time':
    case 'meta.v1.MicroTime':
      return timeText(value, type);
    case 'authentication.v1.ExtraValue':
    case 'authorization.v1.ExtraValue':
      return value['items'] ?? [];
    case 'meta.v1.FieldsV1':
      return embedded(value['Raw']);
    case 'runtime.RawExtension':
      return embedded(value['raw']);
    default:
      return value;
  }
}

/** Seconds and nanoseconds since 1970; an empty message is the zero time. */
function timeText({ seconds, nanos }: JsonObject, type: string): Json {
  if (typeof seconds !== 'number') return null;
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  const micros = Math.floor(Number(nanos ?? 0) / 1000);
  return type === 'meta.v1.Time' ? `${text}Z` : `${text}.${String(micros).padStart(6, '0')}Z`;
}

/** JSON inside of a message. */
function embedded(raw: Json | undefined): Json {
  return typeof raw === 'string' && raw !== ''
    ? (JSON.parse(Buffer.from(raw, 'base64').toString('utf8')) as Json)
    : null;
}
