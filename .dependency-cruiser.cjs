/** The layers of ARCHITECTURE.md as rules; test/house/layers.test.ts runs them. */
const lib = (...names) => `^libs/(${names.join('|')})/`;

/** Each workspace may import these workspaces and packages; whatever is not listed fails. */
const allowed = {
  'libs/kube-model': { workspaces: [], packages: ['js-yaml'] },
  'libs/configuration': { workspaces: [], packages: ['zod'] },
  'libs/contracts': { workspaces: [], packages: ['zod'] },
  'libs/cluster-sim': { workspaces: ['kube-model'], packages: [] },
  'libs/kube-api': {
    workspaces: ['cluster-sim', 'kube-model'],
    packages: ['protobufjs', 'selfsigned', 'ws'],
    node: true,
  },
  'libs/kubectl': { workspaces: ['cluster-sim', 'kube-model'], packages: [] },
  'libs/grader': { workspaces: ['kubectl', 'cluster-sim', 'kube-model'], packages: ['zod'] },
  'libs/content': { workspaces: ['grader', 'cluster-sim', 'kube-model'], packages: ['zod'], node: true },
  'libs/submissions': {
    workspaces: ['content', 'grader', 'cluster-sim', 'kube-model'],
    packages: [],
    node: true,
  },
  'libs/progress': { workspaces: ['grader'], packages: [] },
  'libs/queue': {
    workspaces: ['submissions', 'contracts', 'grader', 'kube-model'],
    packages: ['bullmq', 'ioredis'],
    node: true,
  },
  'libs/sandbox': {
    workspaces: ['submissions', 'kube-api', 'contracts', 'grader', 'cluster-sim', 'kube-model'],
    packages: [],
    node: true,
  },
  'libs/persistence': {
    workspaces: ['submissions', 'progress', 'content', 'grader', 'contracts', 'cluster-sim', 'kube-model'],
    packages: ['@prisma/client', '@prisma/adapter-better-sqlite3', 'better-sqlite3'],
    node: true,
  },
};

const layerRules = Object.entries(allowed).flatMap(([workspace, { workspaces, packages, node }]) => [
  {
    name: `${workspace} imports only its layer's workspaces`,
    severity: 'error',
    from: { path: `^${workspace}/src/` },
    to: { path: '^(libs|apps)/', pathNot: [`^${workspace}/`, ...workspaces.map((name) => lib(name))] },
  },
  {
    name: `${workspace} imports only its own vendors`,
    severity: 'error',
    from: { path: `^${workspace}/src/` },
    to: {
      dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
      pathNot: ['node_modules/@kubedrill/', ...packages.map((name) => `node_modules/${name}/`)],
    },
  },
  ...(node
    ? []
    : [
        {
          name: `${workspace} runs anywhere`,
          severity: 'error',
          from: { path: `^${workspace}/src/` },
          to: { dependencyTypes: ['core'] },
        },
      ]),
]);

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no unresolved imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['generated/'] },
    },
    {
      name: 'no file that nobody imports',
      severity: 'error',
      from: { orphan: true, pathNot: ['/main\\.ts$', '\\.d\\.ts$'] },
      to: {},
    },
    {
      name: 'sources do not import tests',
      severity: 'error',
      from: { path: '^(libs|apps)/[^/]+/src/' },
      to: { path: '/test/' },
    },
    {
      name: 'apps do not import apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'generated', '/dist/'] },
    exclude: { path: ['/dist/', '/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.depcruise.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
