export * from './format.ts';
export * from './parameter.ts';
