import { isJsonObject, type HorizontalPodAutoscaler, type Json, type JsonObject } from '@kubedrill/kube-model';

type Behavior = NonNullable<HorizontalPodAutoscaler['spec']['behavior']>;

/** The annotation that carries an autoscaler's behavior through autoscaling/v1: Go's internal type, whose fields have their own names. */

const ruleFields = ['stabilizationWindowSeconds', 'selectPolicy', 'policies', 'tolerance'] as const;

export function behaviorText({ scaleUp, scaleDown }: Behavior): string {
  const rules = (given: Behavior['scaleUp']): Json =>
    given ? Object.fromEntries(ruleFields.map((field) => [capital(field), internal(given[field])])) : null;
  return JSON.stringify({ ScaleUp: rules(scaleUp), ScaleDown: rules(scaleDown) });
}

function internal(value: unknown): Json {
  if (!Array.isArray(value)) return (value ?? null) as Json;
  return value.map((policy: JsonObject) => renamed(policy, capital));
}

export function behaviorOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (!isJsonObject(value)) return undefined;
  const entries = Object.entries(renamed(value, small)).flatMap(([name, rules]): [string, Json][] =>
    isJsonObject(rules) ? [[name, rulesOf(rules)]] : [],
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function rulesOf(rules: JsonObject): JsonObject {
  const given = Object.entries(renamed(rules, small)).filter(([, value]) => value !== null);
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      Array.isArray(value)
        ? value.map((policy: Json) => (isJsonObject(policy) ? renamed(policy, small) : policy))
        : value,
    ]),
  );
}

function renamed(object: JsonObject, rename: (name: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [rename(name), value]));
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function small(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
