import type { ObservedNames } from './observed-names.ts';
import type { Numbering } from './numbering.ts';

/** What the rules know about the session so far. */
export interface SessionKnowledge {
  readonly names: ObservedNames;
  readonly clusterIPs: Numbering;
  readonly nodePorts: Numbering;
  /** Whether a value stands literally in a command or file of the session: then it is no matter of chance. */
  readonly isLiteral: (value: string) => boolean;
}

/** One rule of FORMAT.md: what it makes of a text. */
export type Rule = (text: string, session: SessionKnowledge) => string;
