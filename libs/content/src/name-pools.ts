/** Names that instances draw from, so that two learners rarely work on the same ones. All are valid DNS labels. */
export const namePools = {
  backend: ['api', 'backend', 'catalog', 'orders', 'billing', 'inventory', 'search', 'quotes', 'ledger', 'tickets'],
  frontend: ['web', 'frontend', 'shop', 'portal', 'dashboard', 'storefront', 'kiosk', 'console', 'landing', 'lobby'],
  database: ['db', 'store', 'records', 'archive', 'vault', 'warehouse', 'registry-db', 'accounts-db'],
  namespace: ['team-a', 'team-b', 'staging', 'payments', 'media', 'logistics', 'research', 'support'],
  word: [
    'amber',
    'basalt',
    'cedar',
    'delta',
    'ember',
    'fjord',
    'garnet',
    'harbor',
    'indigo',
    'juniper',
    'krill',
    'lagoon',
  ],
} as const;

export type PoolName = keyof typeof namePools;

export const poolNames = Object.keys(namePools) as [PoolName, ...PoolName[]];
