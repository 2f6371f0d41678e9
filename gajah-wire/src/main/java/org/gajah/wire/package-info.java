/** One file per protocol message; a message is an immutable record that can write itself and be read back. */
package org.gajah.wire;
