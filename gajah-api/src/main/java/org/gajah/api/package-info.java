/** The public interface of Gajah: embedding, errors, and the interfaces that users' own code implements. */
package org.gajah.api;
