import type { Probe, ProxyMode, TracedOutcome } from '@kubedrill/cluster-sim';
import { sandboxStart } from '@kubedrill/grader';
import type { ExerciseCatalogue, InstanceStore } from '../catalogue.ts';
import type { Clock, TroubleReport } from '../ports.ts';
import type { SubmissionContent } from '../submission.ts';
import { hostedSandbox } from './hosted-sandbox.ts';
import type {
  LearnerSandbox,
  SandboxExercise,
  SandboxHosts,
  SandboxSnapshot,
  SandboxStore,
} from './learner-sandbox.ts';

export interface SandboxRequest {
  readonly userId: string;
  readonly exercise?: { readonly id: string; readonly variant: string };
  readonly nodes: number;
  readonly proxyMode: ProxyMode;
  readonly speed: number;
}

export type CreateSandboxOutcome =
  | { readonly kind: 'created'; readonly sandbox: LearnerSandbox }
  | { readonly kind: 'tooMany'; readonly most: number }
  | { readonly kind: 'unknownExercise' | 'unknownVariant' };

export interface LearnerSandboxesParts {
  readonly store: SandboxStore;
  readonly hosts: SandboxHosts;
  readonly catalogue: ExerciseCatalogue;
  readonly instances: InstanceStore;
  readonly now: Clock;
  readonly newId: () => string;
  /** 32 bits. */
  readonly newSeed: () => number;
  /** SHA-256 of the token of that sandbox, in hex. */
  readonly tokenDigest: (id: string) => string;
  readonly reportTrouble: TroubleReport;
  readonly bounds: SandboxBounds;
}

export interface SandboxBounds {
  readonly perLearner: number;
  /** Milliseconds without use after which a sandbox ends. */
  readonly idleTime: number;
  readonly snapshots: number;
}

/** How exactly the last use is noted. */
const usePrecision = 60_000;
const expiredAtOnce = 100;

/** Learners' sandboxes: their rows, and their clusters in the hosts. */
export class LearnerSandboxes {
  readonly #parts: LearnerSandboxesParts;

  constructor(parts: LearnerSandboxesParts) {
    this.#parts = parts;
  }

  async create(request: SandboxRequest): Promise<CreateSandboxOutcome> {
    const { store, hosts, now, newId, newSeed, tokenDigest, bounds } = this.#parts;
    const { userId, nodes, proxyMode, speed } = request;
    const exercise = request.exercise && (await this.#exerciseOf(userId, request.exercise));
    if (exercise !== undefined && 'kind' in exercise) return exercise;
    const id = newId();
    const createdAt = now();
    const sandbox: LearnerSandbox = {
      ...{ id, userId, nodes, proxyMode, speed, createdAt, seed: newSeed(), tokenDigest: tokenDigest(id) },
      ...(exercise ? { exercise } : {}),
      startedAt: new Date(sandboxStart(createdAt.getTime())),
      lastUsedAt: createdAt,
      expiresAt: new Date(createdAt.getTime() + bounds.idleTime),
      snapshots: [],
    };
    const { snapshots: _none, ...row } = sandbox;
    if ((await store.create(row, bounds.perLearner)) === 'tooMany') return { kind: 'tooMany', most: bounds.perLearner };
    await hosts.open(await this.#hosted(sandbox));
    return { kind: 'created', sandbox };
  }

  async ofUser(userId: string): Promise<readonly LearnerSandbox[]> {
    const sandboxes = await this.#parts.store.ofUser(userId);
    return sandboxes.filter((sandbox) => !this.#hasEnded(sandbox));
  }

  /** Undefined: it ended, or there never was one. */
  async find(id: string): Promise<LearnerSandbox | undefined> {
    const sandbox = await this.#parts.store.find(id);
    return sandbox && !this.#hasEnded(sandbox) ? sandbox : undefined;
  }

  /** What its host has to know. */
  #hosted(sandbox: LearnerSandbox) {
    return hostedSandbox(sandbox, this.#parts.catalogue);
  }

  /** Notes that it is used, which prolongs its life. */
  async use({ id, lastUsedAt }: LearnerSandbox): Promise<void> {
    const { store, now, bounds } = this.#parts;
    const at = now();
    if (at.getTime() - lastUsedAt.getTime() < usePrecision) return;
    await store.markUsed(id, at, new Date(at.getTime() + bounds.idleTime));
  }

  async connect(sandbox: LearnerSandbox, probe: Probe): Promise<TracedOutcome> {
    return this.#parts.hosts.connect(await this.#hosted(sandbox), probe);
  }

  /** Back to how it began, from now on. */
  async reset({ id }: LearnerSandbox): Promise<void> {
    const { store, hosts, now } = this.#parts;
    await store.restart(id, new Date(sandboxStart(now().getTime())));
    await hosts.goBack(id, 0);
  }

  async takeSnapshot(
    sandbox: LearnerSandbox,
    name: string,
  ): Promise<
    { readonly kind: 'taken'; readonly snapshot: SandboxSnapshot } | { readonly kind: 'nameTaken' | 'tooMany' | 'gone' }
  > {
    const { store, hosts, now, bounds } = this.#parts;
    if (sandbox.snapshots.length >= bounds.snapshots) return { kind: 'tooMany' };
    const { position } = await hosts.open(await this.#hosted(sandbox));
    const snapshot = { name, position, createdAt: now() };
    const added = await store.addSnapshot(sandbox.id, snapshot);
    return added === 'added' ? { kind: 'taken', snapshot } : { kind: added };
  }

  /** What came after it is gone, later snapshots included. False: there is no such snapshot. */
  async restore({ id, snapshots }: LearnerSandbox, name: string): Promise<boolean> {
    const snapshot = snapshots.find((one) => one.name === name);
    if (!snapshot) return false;
    await this.#parts.hosts.goBack(id, snapshot.position);
    return this.#parts.store.cutSnapshots(id, snapshot.position);
  }

  /** The sandbox as a submission: as it is now. */
  async submission(
    sandbox: LearnerSandbox,
    { exerciseId, variant }: { readonly exerciseId: string; readonly variant: string },
  ): Promise<
    { readonly kind: 'content'; readonly content: SubmissionContent } | { readonly kind: 'otherExercise' | 'outdated' }
  > {
    const { hosts, catalogue } = this.#parts;
    const { id, exercise, startedAt } = sandbox;
    if (exercise?.id !== exerciseId || exercise.variant !== variant) return { kind: 'otherExercise' };
    if ((await catalogue.exercise(exerciseId))?.digest !== exercise.digest) return { kind: 'outdated' };
    const { position, now } = await hosts.open(await this.#hosted(sandbox));
    const journal = await hosts.journal(id, position);
    return {
      kind: 'content',
      content: { kind: 'sandbox', sandbox: { id, startTime: startedAt.getTime(), until: now, journal } },
    };
  }

  async remove({ id }: LearnerSandbox): Promise<void> {
    await this.#parts.store.remove(id);
    await this.#parts.hosts.erase(id);
  }

  /** Ends those that nobody has used for long. Never rejects. */
  async removeExpired(): Promise<void> {
    const { store, now, reportTrouble } = this.#parts;
    try {
      for (const sandbox of await store.expired(now(), expiredAtOnce)) await this.remove(sandbox);
    } catch (error) {
      reportTrouble('sandboxes that have ended could not be removed', error);
    }
  }

  #hasEnded({ expiresAt }: LearnerSandbox): boolean {
    return expiresAt.getTime() <= this.#parts.now().getTime();
  }

  async #exerciseOf(
    userId: string,
    { id, variant }: { readonly id: string; readonly variant: string },
  ): Promise<SandboxExercise | { readonly kind: 'unknownExercise' | 'unknownVariant' }> {
    const { catalogue, instances, newSeed, now } = this.#parts;
    const served = await catalogue.exercise(id);
    if (!served) return { kind: 'unknownExercise' };
    if (!served.variants.some((one) => one.id === variant)) return { kind: 'unknownVariant' };
    const seed = await instances.assignSeed({ userId, exerciseId: id, variant, proposed: newSeed(), at: now() });
    return { id, variant, digest: served.digest, seed };
  }
}
