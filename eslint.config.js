import tseslint from 'typescript-eslint';

/** Layers whose code must run anywhere JavaScript does and give the same answer every time. */
const pureCore = [
  'libs/kube-model/src/**/*.ts',
  'libs/cluster-sim/src/**/*.ts',
  'libs/kubectl/src/**/*.ts',
  'libs/grader/src/**/*.ts',
];

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', 'test/fixtures/**', 'data/**', '*.js', '**/*.cjs'],
  },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.tests.json', 'libs/*/tsconfig.json', 'apps/*/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-depth': ['error', 4],
      eqeqeq: 'error',
    },
  },
  {
    files: pureCore,
    rules: {
      'no-restricted-globals': [
        'error',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'queueMicrotask',
        'process',
        'Buffer',
        'fetch',
        'crypto',
        'performance',
        'console',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The seeded generator is handed in.' },
        { object: 'Date', property: 'now', message: 'The virtual clock is handed in.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The virtual clock is handed in.',
        },
        { selector: 'AwaitExpression', message: 'The core is synchronous.' },
        { selector: ':function[async=true]', message: 'The core is synchronous.' },
        { selector: 'ImportDeclaration[source.value=/^node:/]', message: 'The core runs anywhere JavaScript does.' },
      ],
    },
  },
  {
    // Doubles of asynchronous ports answer at once, and handlers are handed over as they are.
    files: ['**/test/**/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
);
