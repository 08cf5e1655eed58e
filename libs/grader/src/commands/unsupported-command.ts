import type { TypedCommand } from '@kubedrill/kubectl';

/**
 * A learner typed something that a real workstation can do and this platform's cannot: a fault of the platform, so there is no
 * verdict and no attempt.
 */
export class UnsupportedCommandError extends Error {
  override readonly name = 'UnsupportedCommandError';

  constructor({ line, text }: Pick<TypedCommand, 'line' | 'text'>, limit: string) {
    super(
      `line ${line}: ${firstLine(text)}: ${limit}. That is a limit of this platform, not a mistake of yours: no attempt was counted. Reach the goal another way.`,
    );
  }
}

function firstLine(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return first.length > 200 ? `${first.slice(0, 200)}...` : first;
}
