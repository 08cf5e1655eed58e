import type { ExpressionNode } from './expression-syntax.ts';

export interface Match {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly string[];
}

const maxSteps = 20_000;
/** Every level keeps a few frames on the stack. */
const maxStackDepth = 1_500;

/** A character of a word, for \b, \< and grep -w. */
export function isWord(character: string): boolean {
  return character !== '' && /\w/.test(character);
}

type Continuation = (position: number) => number | undefined;

/** Matches by backtracking; when the budget is used up it finds nothing. */
export class ExpressionMatcher {
  private readonly text: string;
  private readonly shown: string;
  private readonly alternatives: readonly (readonly ExpressionNode[])[];
  private readonly groups = new Map<number, readonly [number, number]>();
  private steps = 0;
  private depth = 0;

  constructor(text: string, shown: string, alternatives: readonly (readonly ExpressionNode[])[]) {
    this.text = text;
    this.shown = shown;
    this.alternatives = alternatives;
  }

  search(from: number): Match | undefined {
    for (let start = from; start <= this.text.length && this.steps < maxSteps; start += 1) {
      this.groups.clear();
      const end = this.matchAlternatives(this.alternatives, start, (position) => position);
      if (end !== undefined) return { start, end, groups: this.groupTexts() };
    }
    return undefined;
  }

  private groupTexts(): string[] {
    const texts: string[] = [];
    for (const [index, [start, end]] of this.groups) texts[index - 1] = this.shown.slice(start, end);
    return Array.from(texts, (text: string | undefined) => text ?? '');
  }

  private matchAlternatives(
    alternatives: readonly (readonly ExpressionNode[])[],
    position: number,
    next: Continuation,
  ): number | undefined {
    for (const nodes of alternatives) {
      const end = this.matchSequence(nodes, 0, position, next);
      if (end !== undefined) return end;
    }
    return undefined;
  }

  private matchSequence(
    nodes: readonly ExpressionNode[],
    index: number,
    position: number,
    next: Continuation,
  ): number | undefined {
    const node = nodes[index];
    if (!node) return next(position);
    return this.matchNode(node, position, (after) => this.matchSequence(nodes, index + 1, after, next));
  }

  private matchNode(node: ExpressionNode, position: number, next: Continuation): number | undefined {
    this.steps += 1;
    if (this.steps > maxSteps || this.depth > maxStackDepth) return undefined;
    this.depth += 1;
    const end = this.matchKind(node, position, next);
    this.depth -= 1;
    return end;
  }

  private matchKind(node: ExpressionNode, position: number, next: Continuation): number | undefined {
    switch (node.kind) {
      case 'start':
        return position === 0 ? next(position) : undefined;
      case 'end':
        return position === this.text.length ? next(position) : undefined;
      case 'boundary':
        return isWord(this.text.charAt(position - 1)) !== isWord(this.text.charAt(position))
          ? next(position)
          : undefined;
      case 'group':
        return this.matchAlternatives(node.alternatives, position, (after) => {
          this.groups.set(node.index, [position, after]);
          return next(after);
        });
      case 'repeat':
        return this.matchRepeat(node, position, next);
      default:
        return this.consumes(node, position) ? next(position + 1) : undefined;
    }
  }

  /** Repeats of one character are tried from the longest without recursion; others recurse under the depth bound. */
  private matchRepeat(
    node: ExpressionNode & { kind: 'repeat' },
    position: number,
    next: Continuation,
  ): number | undefined {
    const inner = node.node;
    if (inner.kind !== 'group' && inner.kind !== 'repeat') {
      let end = position;
      while (end - position < node.maximum && this.consumes(inner, end)) end += 1;
      for (; end - position >= node.minimum; end -= 1) {
        this.steps += 1;
        const result = next(end);
        if (result !== undefined) return result;
      }
      return undefined;
    }
    return this.repeatOnce(node, 0, position, next);
  }

  private repeatOnce(
    node: ExpressionNode & { kind: 'repeat' },
    count: number,
    position: number,
    next: Continuation,
  ): number | undefined {
    if (count < node.maximum) {
      const more = this.matchNode(node.node, position, (after) =>
        after > position ? this.repeatOnce(node, count + 1, after, next) : undefined,
      );
      if (more !== undefined) return more;
    }
    return count >= node.minimum ? next(position) : undefined;
  }

  private consumes(node: ExpressionNode, position: number): boolean {
    const character = this.text.charAt(position);
    if (character === '') return false;
    if (node.kind === 'any') return true;
    if (node.kind === 'character') return node.character === character;
    return node.kind === 'set' && node.contains(character) !== node.negated;
  }
}
