import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cruise, type ICruiseResult, type ICruiseOptions } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = path.resolve(import.meta.dirname, '../..');

interface CruiserConfig {
  readonly forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden'];
  readonly options: ICruiseOptions;
}

describe('layers', () => {
  it('are imported as ARCHITECTURE.md says', async () => {
    const config = createRequire(import.meta.url)(path.join(root, '.dependency-cruiser.cjs')) as CruiserConfig;
    const result = await cruise(
      ['libs', 'apps'],
      {
        ...config.options,
        baseDir: root,
        validate: true,
        ruleSet: { forbidden: config.forbidden ?? [] },
        exclude: { path: ['/test/', '/dist/', '/generated/'] },
      },
      undefined,
      { tsConfig: extractTSConfig(path.join(root, 'tsconfig.depcruise.json')) },
    );
    const { summary } = result.output as ICruiseResult;
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(100);
  });
});
