import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { problem, type ProblemCode } from '@kubedrill/contracts';
import { problemKind } from './problem-error.ts';

/** Declares in OpenAPI which problems a route answers with. */
export function ApiProblems(...codes: readonly ProblemCode[]): MethodDecorator & ClassDecorator {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status, title } = problemKind(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), title]);
  }
  return applyDecorators(
    ...[...byStatus].map(([status, titles]) =>
      ApiResponse({ status, description: titles.join('; '), standardSchema: problem }),
    ),
  );
}
