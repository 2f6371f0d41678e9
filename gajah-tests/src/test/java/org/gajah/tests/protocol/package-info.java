/** The protocol compared with a real PostgreSQL, message by message. To add a conversation: a method in {@code Conversations}, a line in its list. */
package org.gajah.tests.protocol;
