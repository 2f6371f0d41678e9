/** SQL types: text and binary form, stored form, order and hash; one file a family. */
package org.gajah.type;
