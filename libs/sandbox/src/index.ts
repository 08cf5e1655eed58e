export * from './process-sandbox.ts';
export * from './sandbox-options.ts';
