export * from './mastery.ts';
export * from './memory/memory-progress.ts';
export * from './next-exercises.ts';
export * from './period.ts';
export * from './ports.ts';
export * from './progress-ledger.ts';
export * from './standing.ts';
export * from './variant-progress.ts';
