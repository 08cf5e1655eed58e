import { statusesBefore, type SubmissionStatus } from '@kubedrill/submissions';
import { Batcher } from './batcher.ts';
import { changeStatus } from './bulk-write.ts';
import type { Database, Transaction } from './database.ts';

type MovedStatus = Exclude<SubmissionStatus, 'graded'>;

interface Move {
  readonly id: string;
  readonly status: MovedStatus;
  readonly at: Date;
  readonly fault: string | null;
}

/** As a submission lives: of moves that wait together, an earlier status is written before a later one. */
const order: readonly Exclude<MovedStatus, 'faulted'>[] = ['submitted', 'queued', 'running'];

/**
 * Moves submissions from status to status; moves that come together share a statement. One that is overtaken while it waits
 * is not written: by a later status, or by the result.
 */
export class StatusMover {
  readonly #batcher: Batcher<Move, boolean>;

  /** `hasResult`: whether a result of the submission is being recorded. */
  constructor(database: Database, hasResult: (id: string) => boolean) {
    this.#batcher = new Batcher((moves) => moveAll(database.client, moves, hasResult));
  }

  /** False when nothing moved. */
  move(move: Move): Promise<boolean> {
    return this.#batcher.submit(move);
  }
}

async function moveAll(
  client: Transaction,
  moves: readonly Move[],
  hasResult: (id: string) => boolean,
): Promise<readonly boolean[]> {
  const running = new Set(moves.filter(({ status }) => status === 'running').map(({ id }) => id));
  const due = new Set(
    moves.filter(
      ({ id, status }) => !(status === 'queued' && running.has(id)) && !(status !== 'faulted' && hasResult(id)),
    ),
  );
  const moved = new Set<Move>();
  for (const status of order) {
    const group = [...due].filter((move) => move.status === status);
    const last = group.at(-1);
    if (last === undefined) continue;
    const ids = group.map(({ id }) => id);
    const written = await changeStatus(client, ids, { ...last, before: statusesBefore[status] });
    const first = new Map(group.toReversed().map((move) => [move.id, move]));
    for (const id of written) {
      const move = first.get(id);
      if (move !== undefined) moved.add(move);
    }
  }
  for (const move of due) {
    if (move.status !== 'faulted') continue;
    const written = await changeStatus(client, [move.id], { ...move, before: statusesBefore.faulted });
    if (written.has(move.id)) moved.add(move);
  }
  return moves.map((move) => moved.has(move));
}
