export * from './account-store.ts';
export * from './catalogue-store.ts';
export { Database, type DatabaseOptions } from './database.ts';
export * from './exercise-versions.ts';
export * from './instance-store.ts';
export { MigrationError } from './migrate.ts';
export * from './progress-store.ts';
export * from './sandbox-store.ts';
export * from './submission-store.ts';
