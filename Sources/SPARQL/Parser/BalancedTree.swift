/// Combines items by an associative operator into a tree of logarithmic height, to the left where they are three or fewer.
/// Not empty. O(n)
func balanced<Item>(_ items: ArraySlice<Item>, _ combine: (Item, Item) -> Item) -> Item {
  precondition(!items.isEmpty)
  if items.count == 1 { return items[items.startIndex] }
  let middle = items.startIndex + (items.count + 1) / 2
  return combine(balanced(items[..<middle], combine), balanced(items[middle...], combine))
}

/// The height of the tree over that many items, each of this height.
func balancedHeight(_ count: Int, of height: Int) -> Int {
  height + (count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount)
}
