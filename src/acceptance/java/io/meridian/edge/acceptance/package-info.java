/**
 * What a user of the finished artifact sees: these tests know a URL or an executable and nothing of the code. The same ones run against the
 * application on a JVM and against the native binary. See src/acceptance/README.md.
 */
package io.meridian.edge.acceptance;
