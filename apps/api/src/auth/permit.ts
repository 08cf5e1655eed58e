import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiOperation, type ApiOperationOptions } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';
import { type Permission, permissions } from './permissions.ts';

export const permissionKey = 'kubedrill:permission';

/** The route asks for a permission: AuthGuard looks at it, and the OpenAPI document tells which roles have it. */
export function Permit(
  permission: Permission,
  { description = '', ...operation }: ApiOperationOptions,
): MethodDecorator {
  const needed = `Needs the permission ${permission}: ${permissions[permission].join(' or ')}.`;
  return applyDecorators(
    SetMetadata(permissionKey, permission),
    ApiOperation({ ...operation, description: description === '' ? needed : `${description} ${needed}` }),
    ApiProblems('forbidden'),
  );
}
