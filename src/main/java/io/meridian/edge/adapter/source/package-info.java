/** Where signed bundles are fetched from: a file, or any host that serves one over HTTP. What is fetched is believed nothing yet. */
@NullMarked
package io.meridian.edge.adapter.source;

import org.jspecify.annotations.NullMarked;
