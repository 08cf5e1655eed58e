import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document at /api/openapi.json and the page that shows it at /api/docs; both derive from the controllers. */
export function serveOpenApi(app: INestApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Kubedrill')
    .setDescription('Learn Kubernetes Services and networking by doing. Errors are problem documents (RFC 9457).')
    .setVersion('1')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'A personal access token from POST /api/v1/auth/tokens' },
      'token',
    )
    .addCookieAuth(
      'kubedrill_session',
      { type: 'apiKey', in: 'cookie', description: 'Set by POST /api/v1/auth/login' },
      'session',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Kubedrill API',
  });
}
