/** Java methods that tests and benchmarks make functions of. */
package org.gajah.tests.routine;
