import CPlatform

/// Says that what lies at an address will be read soon, so that it is on its way when it is; any
/// address will do.
@inline(__always)
func prefetch(_ address: UnsafeRawPointer?) { kosh_prefetch(address) }
