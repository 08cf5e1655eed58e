import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import { ApiProblems } from '../http/api-problems.ts';

/** Declares in OpenAPI that a route needs a logged-in user; AuthGuard asks for one wherever @Public() is absent. */
export function ApiAuthenticated(): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiBearerAuth('token'),
    ApiCookieAuth('session'),
    ApiProblems('unauthenticated', 'too-many-requests'),
  );
}
