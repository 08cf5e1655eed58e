import type { PersistentVolumeClaimSpec, StringMap, VolumeClaimTemplate } from '@kubedrill/kube-model';
import { goList, type Sheet } from './sheet.ts';

/** What a claim shows of itself, one that is only a template too. */
export interface DescribedClaim {
  readonly metadata?: { readonly name?: string; readonly labels?: StringMap; readonly annotations?: StringMap };
  readonly spec?: PersistentVolumeClaimSpec;
}

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** GetPersistentVolumeClaimClass. */
export function classOf({ metadata, spec }: DescribedClaim): string {
  return metadata?.annotations?.[classAnnotation] ?? spec?.storageClassName ?? '';
}

/** printPersistentVolumeClaim of one that is only a template. */
export function describeClaim(sheet: Sheet, claim: DescribedClaim, level: number): void {
  const { metadata = {}, spec = {} } = claim;
  const indent = '  '.repeat(level);
  sheet.field('StorageClass', classOf(claim), level);
  sheet.field('Volume', spec.volumeName ?? '', level);
  sheet.labels('Labels', metadata.labels, indent);
  sheet.annotations(`${indent}Annotations`, metadata.annotations);
  sheet.field('Capacity', '', level);
  sheet.field('Access Modes', '', level);
  if (spec.volumeMode !== undefined) sheet.field('VolumeMode', spec.volumeMode, level);
  describeDataSource(sheet, spec, level);
}

export function describeDataSource(sheet: Sheet, { dataSource }: PersistentVolumeClaimSpec, level = 0): void {
  if (!dataSource) return;
  const { apiGroup, kind, name } = dataSource;
  sheet.line('DataSource:', level);
  if (apiGroup !== undefined) sheet.field('APIGroup', apiGroup, level + 1);
  sheet.field('Kind', kind, level + 1);
  sheet.field('Name', name, level + 1);
}

/** describeVolumeClaimTemplates. */
export function describeClaimTemplates(sheet: Sheet, templates: readonly VolumeClaimTemplate[] = []): void {
  if (templates.length === 0) {
    sheet.field('Volume Claims', '<none>');
    return;
  }
  sheet.line('Volume Claims:');
  for (const template of templates) {
    const { metadata, spec } = template;
    sheet.field('Name', metadata.name ?? '', 1);
    sheet.field('StorageClass', classOf(template), 1);
    sheet.labels('Labels', metadata.labels, '  ');
    sheet.labels('Annotations', metadata.annotations, '  ');
    sheet.field('Capacity', spec.resources?.requests?.storage ?? '<default>', 1);
    sheet.field('Access Modes', goList(spec.accessModes), 1);
  }
}
