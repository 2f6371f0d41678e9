/**
 * PostgreSQL's frontend/backend protocol, versions 3.0 and 3.2 (manual, chapter 54): one file a message, each an immutable
 * record that writes itself to a {@link org.gajah.wire.WireOutput} and reads itself from a {@link org.gajah.wire.Body}.
 *
 * <p>The same codec serves the server, clients written in Java and the tests. {@link org.gajah.wire.FrameReader} cuts the
 * byte stream into frames; it knows every type's limit before it reads a length, and its memory grows with the bytes that
 * have arrived, never with a length that was announced. A frame's contents must be consumed to the last byte.
 *
 * <p>Rows are the exception to "one record a message": a server writes them straight into its output buffer, and
 * {@link org.gajah.wire.DataRow} is for readers.
 *
 * <p>To add a message: a record that implements {@link org.gajah.wire.FrontendMessage} or
 * {@link org.gajah.wire.BackendMessage}, its line in that interface's {@code decode}, its limit in
 * {@link org.gajah.wire.FrameLimits}, and a line in the round-trip test.
 */
package org.gajah.wire;
