@NullMarked
package org.memoryqueue.database;

import org.jspecify.annotations.NullMarked;
