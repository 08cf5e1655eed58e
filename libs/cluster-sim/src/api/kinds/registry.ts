import { kinds, type Kind } from '@kubedrill/kube-model';
import type { KindDefinition } from './kind-definition.ts';

export type AnyKindDefinition = { [K in Kind]: KindDefinition<K> }[Kind];

/** The kinds that an API server serves: one definition for each kind of the model, or it does not start. */
export class KindRegistry {
  private readonly definitions = new Map<Kind, AnyKindDefinition>();

  constructor(definitions: readonly AnyKindDefinition[]) {
    for (const definition of definitions) {
      if (this.definitions.has(definition.kind)) throw new Error(`kind ${definition.kind} is defined twice`);
      this.definitions.set(definition.kind, definition);
    }
    const missing = kinds.filter((kind) => !this.definitions.has(kind));
    if (missing.length > 0) throw new Error(`kinds without a definition: ${missing.join(', ')}`);
  }

  of<K extends Kind>(kind: K): KindDefinition<K> {
    const found = this.definitions.get(kind);
    if (!found) throw new Error(`kind ${kind} is not served`);
    return found as unknown as KindDefinition<K>;
  }
}
